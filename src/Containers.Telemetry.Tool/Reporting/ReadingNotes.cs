using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Reporting;

/// <summary>Notes about lines, events and files that could not be read.</summary>
internal static class ReadingNotes
{
    public static void Write(Terminal terminal, ReadingStatistics reading)
    {
        WriteUnreadableLines(
            terminal, reading.Unreadable, [.. reading.FirstUnreadable.Select(line => $"{line.File}:{line.Line}: {Describe(line.Problem)}")]);
        foreach (string file in reading.ForeignFiles)
        {
            terminal.WriteNote($"note: {file} is not a file of OTLP/JSON lines.");
        }

        if (reading.Incomplete > 0)
        {
            terminal.WriteNote(
                $"note: {HumanFormat.Count(reading.Incomplete, "event")} without an id or a time " +
                $"{(reading.Incomplete == 1 ? "was" : "were")} left out.");
        }

        WriteNewer(terminal, reading.Newer, reading.NeededReaderVersion);
        if (reading.OverLimit > 0)
        {
            terminal.WriteNote($"note: There was no room for {HumanFormat.Count(reading.OverLimit, "event")}. Report on a shorter period's files.");
        }

        foreach (UnreadableFile file in reading.UnreadableFiles)
        {
            terminal.WriteNote($"note: {file.Path} cannot be read: {file.Message}");
        }
    }

    public static void Write(Terminal terminal, StoredEvents events)
    {
        if (events.UnreadableFiles > 0)
        {
            WriteUnreadableFiles(terminal, events.UnreadableFiles);
        }

        if (events.DamagedLines > 0)
        {
            terminal.WriteNote($"note: {HumanFormat.Count(events.DamagedLines, "damaged line was", "damaged lines were")} skipped.");
        }

        WriteNewer(terminal, events.Newer.Count, events.Newer.NeededReaderVersion);
    }

    public static void WriteUnreadableFiles(Terminal terminal, long count) =>
        terminal.WriteNote(
            $"note: {HumanFormat.Count(count, "file was", "files were")} skipped that this user may not read. Its owner, or the superuser, can.");

    /// <summary>Writes a note about lines, unless there are none.</summary>
    /// <param name="first">The first of them, each with its problem.</param>
    public static void WriteUnreadableLines(Terminal terminal, long count, IReadOnlyCollection<string> first)
    {
        if (count > 0)
        {
            string which = count > first.Count ? "; the first ones" : "";
            terminal.WriteNote($"note: {HumanFormat.Count(count, "line")} could not be read{which}: {string.Join("; ", first)}");
        }
    }

    /// <summary>Writes a note about events that only a newer version of this tool understands, unless there are none.</summary>
    public static void WriteNewer(Terminal terminal, long count, int neededReaderVersion)
    {
        if (count > 0)
        {
            terminal.WriteNote(
                $"note: {HumanFormat.Count(count, "event needs", "events need")} a reader of version {neededReaderVersion}. Update containers-telemetry.");
        }
    }

    private static string Describe(LineProblem problem) => problem switch
    {
        LineProblem.Corrupt => "not JSON",
        LineProblem.TooLong => "too long",
        LineProblem.InvalidUtf8 => "not UTF-8",
        _ => "not OTLP",
    };
}
