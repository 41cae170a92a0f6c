using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Show;

/// <summary>Notes about events of a store that could not be read.</summary>
internal static class UnreadEventNotes
{
    /// <summary>Writes notes about events that were left out.</summary>
    public static void Write(Terminal terminal, StoredEvents events)
    {
        if (events.UnreadableFiles > 0)
        {
            WriteFiles(terminal, events.UnreadableFiles);
        }

        if (events.DamagedLines > 0)
        {
            terminal.WriteNote($"note: {HumanFormat.Count(events.DamagedLines, "damaged line was", "damaged lines were")} skipped.");
        }

        if (events.NewerEvents > 0)
        {
            terminal.WriteNote(
                $"note: {HumanFormat.Count(events.NewerEvents, "event needs", "events need")} a reader of version {events.NeededReaderVersion}. " +
                "Update containers-telemetry.");
        }
    }

    /// <summary>Writes a note about files that were left out.</summary>
    public static void WriteFiles(Terminal terminal, long count) =>
        terminal.WriteNote(
            $"note: {HumanFormat.Count(count, "file was", "files were")} skipped that this user may not read. Its owner, or the superuser, can.");
}
