using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Reports.Listing;

/// <summary>All fields of a publish, for complete lists.</summary>
public static class PublishFields
{
    private static readonly EventField[] OfEvents = [DetailFields.Outcome, DetailFields.EndsPublish, DetailFields.SchemaVersion];

    /// <summary>Returns the fields beside id, time and outcome: those of the schema, the derived ones, then the dimensions.</summary>
    public static IReadOnlyList<ReportField> All(IEnumerable<string> dimensions) =>
    [
        .. ReportField.All.Where(static field => field.Shape is not (FieldShape.Time or FieldShape.Identity) && !OfEvents.Contains(field.SchemaField)),
        .. dimensions.Select(ReportField.OfDimension),
    ];
}
