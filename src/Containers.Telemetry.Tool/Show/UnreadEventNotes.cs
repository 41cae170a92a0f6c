using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Show;

/// <summary>Says what of a store could not be read.</summary>
internal static class UnreadEventNotes
{
    /// <summary>Says what was left out when events were read.</summary>
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
            terminal.WriteNote($"note: {HumanFormat.Count(events.NewerEvents, "event needs", "events need")} a reader of version {events.NeededReaderVersion}. Update containers-telemetry.");
        }
    }

    /// <summary>Says that files were left out.</summary>
    public static void WriteFiles(Terminal terminal, long count) =>
        terminal.WriteNote($"note: {HumanFormat.Count(count, "file was", "files were")} skipped that this user may not read. Its owner, or the superuser, can.");
}
