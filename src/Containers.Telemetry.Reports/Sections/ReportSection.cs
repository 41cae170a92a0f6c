using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>One question that every report answers.</summary>
/// <param name="id">Names it in options and files.</param>
/// <param name="fields">The fields that it needs, beside user, project and outcome.</param>
internal abstract class ReportSection(string id, IEnumerable<ReportField> fields)
{
    protected ReportSection(string id, params EventField[] fields)
        : this(id, fields.Select(ReportField.Of))
    {
    }

    public string Id { get; } = id;

    public IReadOnlyList<ReportField> Fields { get; } = [.. fields];

    /// <summary>Makes its tables.</summary>
    public abstract IEnumerable<ReportTable> Build(ReportContext context);
}

/// <summary>A section that is one table, described by data.</summary>
internal sealed class TableSection(TableSpec spec) : ReportSection(spec.Id, spec.Fields)
{
    public override IEnumerable<ReportTable> Build(ReportContext context) => [TableEngine.Fill(spec, context)];
}

/// <summary>The input of sections.</summary>
/// <param name="Publishes">The publishes of the period.</param>
/// <param name="Trend">The publishes of the period that trends are about.</param>
/// <param name="Previous">The publishes of the period before that one.</param>
/// <param name="Today">The day of the report.</param>
internal sealed record ReportContext(PublishSelection Publishes, PublishSelection Trend, PublishSelection Previous, DateOnly Today)
{
    /// <summary>The publishes that pass the filters and ended before a period.</summary>
    public required Func<Period, IEnumerable<Storage.PublishRow>> Earlier { get; init; }

    /// <summary>The dimensions that are kept.</summary>
    public IReadOnlyList<ReportField> Dimensions { get; init; } = [];

    /// <summary>The publishes that the query compares; null when it compares none.</summary>
    public ComparedPublishes? Compared { get; init; }
}
