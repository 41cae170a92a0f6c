using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>What the rows of a table are about: each has another value of it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Field">The field, where it is one.</param>
internal sealed record Dimension(DimensionKind Kind, ReportField? Field = null)
{
    public static readonly Dimension Time = new(DimensionKind.Time);
    public static readonly Dimension PullPlace = new(DimensionKind.PullPlace);
    public static readonly Dimension PushPlace = new(DimensionKind.PushPlace);
    public static readonly Dimension FailedPlace = new(DimensionKind.FailedPlace);

    private static readonly EventField[] PullFields = [OutcomeFields.RemotePullType, OutcomeFields.LocalPullType];
    private static readonly EventField[] PushFields = [OutcomeFields.RemotePushType, OutcomeFields.LocalPushType];

    /// <summary>The fields that it is worked out from.</summary>
    public IEnumerable<ReportField> Fields => Kind switch
    {
        DimensionKind.Field => [Field!],
        DimensionKind.PullPlace => PullFields.Select(ReportField.Of),
        DimensionKind.PushPlace => PushFields.Select(ReportField.Of),
        DimensionKind.FailedPlace => PullFields.Concat(PushFields).Append(OutcomeFields.Direction).Select(ReportField.Of),
        _ => [],
    };

    public static Dimension Of(EventField field) => new(DimensionKind.Field, ReportField.Of(field));

    public static Dimension Of(ReportField field) => field.Shape is FieldShape.Time ? Time : new(DimensionKind.Field, field);

    /// <summary>Returns what publishes are grouped by.</summary>
    /// <param name="layout">The columns that are kept.</param>
    /// <param name="bucket">The part of time that a row is about.</param>
    public GroupKey KeyOf(RecordLayout layout, TimeBucket bucket) => Kind switch
    {
        DimensionKind.Time => new TimeKey(bucket),
        DimensionKind.PullPlace => TransferPlace.PullKey(layout),
        DimensionKind.PushPlace => TransferPlace.PushKey(layout),
        DimensionKind.FailedPlace => TransferPlace.FailedKey(layout),
        _ => GroupKey.Of(Field!, layout, bucket),
    };
}

/// <summary>Kinds of <see cref="Dimension"/>.</summary>
internal enum DimensionKind
{
    /// <summary>A field of the schema, or a dimension that an organization declared. A publish with several values is in several rows.</summary>
    Field,

    /// <summary>A day, week or month, after the length of the period.</summary>
    Time,

    /// <summary>Where base images come from: a kind of registry, or a place on the machine.</summary>
    PullPlace,

    /// <summary>Where images go to.</summary>
    PushPlace,

    /// <summary>The place at the end that failed.</summary>
    FailedPlace,
}
