using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Fleet.Schema;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>
/// The events that an organization's own targets log, as rows that are counted like publishes: each event is a publish that it ends, by the rule of
/// <see cref="Containers.Telemetry.Reports.Storage.RecordLayout.MakeOutcome"/>.
/// </summary>
internal static class OwnEventRows
{
    // An own event without an outcome is a success.
    private const string Result =
        "multiIf(Outcome IN ('', 'success'), '" + FleetResult.Succeeded + "', Outcome = 'canceled', '" + FleetResult.Canceled
        + "', Outcome = 'unfinished', '" + FleetResult.Unfinished + "', '" + FleetResult.Failed + "')";

    private static readonly string Columns = string.Join(
        ", ",
        (string[])
        [
            $"{FleetSchema.EventId} AS {FleetSchema.PublishId}", FleetSchema.BeganDay, $"{Result} AS {FleetSchema.Result}", FleetSchema.TimeUnixNano,
            .. FleetSchema.Fields.Select(ValueOf), FleetSchema.DimensionsText,
        ]);

    /// <summary>Returns the rows as they follow <c>FROM</c>.</summary>
    public static string In(string database) =>
        $"(SELECT {Columns} FROM {FleetSchema.Events.In(database)} FINAL WHERE {FleetSchema.Kind} = '{FleetEventKind.Usage}')";

    private static string ValueOf(EventField field) =>
        field == DetailFields.Outcome ? "if(Outcome = '', 'success', Outcome) AS Outcome"
        : field == DetailFields.EndsPublish ? "'true' AS EndsPublish"
        : FleetColumn.NameOf(field);
}
