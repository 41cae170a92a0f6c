using Containers.Telemetry.Reports;
using Containers.Telemetry.Reports.Listing;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Data;

/// <summary>Explains an empty answer, with a remedy.</summary>
internal static class NothingThere
{
    /// <summary>The reason for a fleet.</summary>
    public const string InFleet = "No such publish is in the fleet. See containers-telemetry fleet check.";

    /// <summary>The reason for a report on own events.</summary>
    public const string OfYourOwn = "The store has no such event of your own. Targets log them with the task LogContainerTelemetry.";

    /// <summary>Returns the reason for an empty list, which begins with the values of its filter that no publish has.</summary>
    public static string Text(ToolContext context, string folder, string[] sources, ListQuery query, TimeZoneInfo zone)
    {
        IReadOnlyList<QueryProblem> unknown = query.Where is null ? []
            : Report.Run(
                sources, new ReportQuery { Where = query.Where, Sections = ["success-rate"] }, progress: null, context.Clock.GetUtcNow()).UnknownValues;
        bool isFiltered = query.Where is not null || query.Outcome is not null;
        return string.Concat(unknown.Select(static problem => $"{problem} "))
            + Text(context, folder, sources, query.Since, query.Until, isFiltered, zone);
    }

    /// <summary>Returns the reason: no store, an empty one, nothing in the period, or nothing that matches the filters.</summary>
    /// <param name="folder">Full path of the folder of the events.</param>
    /// <param name="since">The first requested moment; null for none.</param>
    /// <param name="until">The moment before which publishes were requested; null for none.</param>
    /// <param name="isFiltered">Whether there is another filter.</param>
    /// <param name="zone">The time zone in which the command reads moments.</param>
    public static string Text(
        ToolContext context, string folder, string[] sources, DateTimeOffset? since, DateTimeOffset? until, bool isFiltered, TimeZoneInfo zone)
    {
        if (!Directory.Exists(folder))
        {
            string store = Path.GetDirectoryName(folder)!;
            return HasFiles(store) && Path.GetFileName(store) == Path.GetFileName(folder)
                ? $"{store} is the folder of the events in a store. Name the store: --store {ShellWord.Quote(Path.GetDirectoryName(store)!)}."
                : HasFiles(store)
                ? $"{store} has files of events, but is no store. Import them into one: containers-telemetry import {ShellWord.Quote(store)} --store DIR."
                : $"There is no store in {store}. Publish a container, or see containers-telemetry doctor.";
        }

        PublishList all = PublishList.Read(sources, new ListQuery { Fields = [] }, null, context.Clock.GetUtcNow());
        if (all.Publishes.Count == 0)
        {
            return $"The store in {Path.GetDirectoryName(folder)} holds no publish yet. Publish a container, or see containers-telemetry doctor.";
        }

        string has = $"The store has {HumanFormat.Count(all.Publishes.Count, "publish", "publishes")}, ";
        string last = $"{has}the last on {Moment(all.Publishes[^1].Time)}.";
        return isFiltered ? $"No publish matches the filters. {last}"
            : until <= all.Publishes[0].Time ? $"There is no publish before {Moment(until.Value)}. {has}the first on {Moment(all.Publishes[0].Time)}."
            : since > all.Publishes[^1].Time ? $"There is no publish since {Moment(since.Value)}. {last}"
            : since is null && until is null ? $"No publish was requested. {last}"
            : $"There is no publish in this period. {last}";

        static bool HasFiles(string folder) => Directory.Exists(folder) && Directory.EnumerateFiles(folder).Any(
            static file => OtlpFiles.Endings.Any(end => file.EndsWith(end, StringComparison.OrdinalIgnoreCase)));

        // A day stands for its first moment.
        string Moment(DateTimeOffset moment)
        {
            bool isDay = TimeZoneInfo.ConvertTime(moment, zone).TimeOfDay == TimeSpan.Zero;
            return (isDay ? HumanFormat.Day(moment, zone) : HumanFormat.Moment(moment, zone)) + (zone == TimeZoneInfo.Utc ? " (UTC)" : " (local time)");
        }
    }
}
