using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Reporting;

/// <summary>Notes about lines and files that a report could not read.</summary>
internal sealed class ReadingNotes(Terminal terminal)
{
    public void Write(ReadingStatistics reading)
    {
        if (reading.Unreadable > 0)
        {
            string named = string.Join("; ", reading.FirstUnreadable.Select(line => $"{line.File}:{line.Line}: {Describe(line.Problem)}"));
            string which = reading.Unreadable > reading.FirstUnreadable.Count ? "; the first ones" : "";
            terminal.WriteNote($"note: {HumanFormat.Count(reading.Unreadable, "line")} could not be read{which}: {named}");
        }

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

        if (reading.Newer > 0)
        {
            terminal.WriteNote(
                $"note: {HumanFormat.Count(reading.Newer, "event needs", "events need")} a reader of version {reading.NeededReaderVersion}. " +
                "Update containers-telemetry.");
        }

        if (reading.OverLimit > 0)
        {
            terminal.WriteNote($"note: There was no room for {HumanFormat.Count(reading.OverLimit, "event")}. Report on a shorter period's files.");
        }

        foreach (UnreadableFile file in reading.UnreadableFiles)
        {
            terminal.WriteNote($"note: {file.Path} cannot be read: {file.Message}");
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
