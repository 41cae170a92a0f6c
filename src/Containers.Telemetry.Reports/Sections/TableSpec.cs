using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>A table as data: its dimensions and its measures. <see cref="TableEngine"/> fills it.</summary>
internal sealed record TableSpec
{
    /// <summary>Failures by kind of error, for sections that compare them.</summary>
    public static readonly TableSpec FailuresByError = new()
    {
        Dimensions = [ReportField.Of(OutcomeFields.Error)],
        Measures = [Measure.Failures, Measure.Users],
    };

    public string Id { get; init; } = "";

    public string Title { get; init; } = "";

    public string? Note { get; init; }

    /// <summary>The fields that rows are grouped by; none for one row with all publishes.</summary>
    public IReadOnlyList<ReportField> Dimensions { get; init; } = [];

    /// <summary>The columns besides the dimensions.</summary>
    public required IReadOnlyList<Measure> Measures { get; init; }

    /// <summary>Adds the number of publishes without an outcome after that of the canceled ones.</summary>
    public TableSpec WithUnfinished() => Has(MeasureKind.Unfinished) ? this
        : this with { Measures = [.. Measures.SelectMany(static one => one.Kind is MeasureKind.Canceled ? [one, Measure.Unfinished] : (Measure[])[one])] };

    public bool Has(MeasureKind kind) => Measures.Any(measure => measure.Kind == kind);

    /// <summary>Whether the table needs more of the whole than its number of publishes.</summary>
    public bool HasWholeRow => HasTotal || Dimensions.Count == 0;

    /// <summary>Rows with 0 in this measure are left out; null to keep them all.</summary>
    public Measure? Condition { get; init; }

    /// <summary>Whether the first row has all publishes.</summary>
    public bool HasTotal { get; init; }

    /// <summary>The order of the rows; null for time order, then the largest first, then by name.</summary>
    public Querying.SortKey? Sort { get; init; }

    public int? Limit { get; init; }

    /// <summary>Groups of fewer publishes have no row.</summary>
    public long Minimum { get; init; }

    /// <summary>Whether days, weeks or months without a publish have a row as well, and the note names the part of time.</summary>
    public bool IsSeries { get; init; }

    public IEnumerable<ReportField> Fields => Dimensions
        .Concat(Measures.Select(static measure => measure.Field).OfType<EventField>().Select(ReportField.Of))
        .Append(ReportField.Of(IdentityFields.ProjectId));
}
