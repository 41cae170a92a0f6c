using Containers.Telemetry.Reports.Listing;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Data;

/// <summary>Explains an empty answer, with a remedy.</summary>
internal static class NothingThere
{
    /// <summary>The reason for a fleet.</summary>
    public const string InFleet = "No such publish is in the fleet. See containers-telemetry fleet check.";

    /// <summary>The reason for a report on own events.</summary>
    public const string OfYourOwn = "The store has no such event of your own. Targets log them with the task LogContainerTelemetry.";

    /// <summary>Returns the reason: no store, an empty one, nothing in the period, or nothing that matches the filters.</summary>
    /// <param name="folder">Full path of the folder of the events.</param>
    /// <param name="since">The first requested moment; null for none.</param>
    /// <param name="isFiltered">Whether there is another filter.</param>
    /// <param name="zone">The time zone in which the command reads moments.</param>
    public static string Text(ToolContext context, string folder, string[] sources, DateTimeOffset? since, bool isFiltered, TimeZoneInfo zone)
    {
        if (!Directory.Exists(folder))
        {
            return $"There is no store in {Path.GetDirectoryName(folder)}. Publish a container, or see containers-telemetry doctor.";
        }

        PublishList all = PublishList.Read(sources, new ListQuery { Fields = [] }, null, context.Clock.GetUtcNow());
        if (all.Publishes.Count == 0)
        {
            return $"The store in {Path.GetDirectoryName(folder)} holds no publish yet. Publish a container, or see containers-telemetry doctor.";
        }

        string has = $"The store has {HumanFormat.Count(all.Publishes.Count, "publish", "publishes")}, the last on {Moment(all.Publishes[^1].Time)}.";
        return isFiltered ? $"No publish matches the filters. {has}"
            : since is { } moment ? $"There is no publish since {Moment(moment)}. {has}"
            : $"No publish was requested. {has}";

        // A day stands for its first moment.
        string Moment(DateTimeOffset moment)
        {
            bool isDay = TimeZoneInfo.ConvertTime(moment, zone).TimeOfDay == TimeSpan.Zero;
            return (isDay ? HumanFormat.Day(moment, zone) : HumanFormat.Moment(moment, zone)) + (zone == TimeZoneInfo.Utc ? " (UTC)" : " (local time)");
        }
    }
}
