using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>One question that every report answers.</summary>
/// <param name="id">Names it in options and files.</param>
/// <param name="fields">The fields that it needs, besides user, project and outcome.</param>
internal abstract class ReportSection(string id, IEnumerable<ReportField> fields)
{
    protected ReportSection(string id, params EventField[] fields)
        : this(id, fields.Select(ReportField.Of))
    {
    }

    public string Id { get; } = id;

    public IReadOnlyList<ReportField> Fields { get; } = [.. fields];

    public abstract IEnumerable<ReportTable> Build(ReportContext context);
}

/// <summary>A section that is one table, described by data.</summary>
internal sealed class TableSection(TableSpec spec) : ReportSection(spec.Id, spec.Fields)
{
    public TableSpec Spec { get; } = spec;

    /// <summary>Whether it counts publishes without an outcome where there are any.</summary>
    public bool CountsUnfinished { get; init; }

    public override IEnumerable<ReportTable> Build(ReportContext context) =>
        [TableEngine.Fill(CountsUnfinished && context.Publishes.Unfinished > 0 ? Spec.WithUnfinished() : Spec, context)];
}

/// <param name="Publishes">The publishes of the period.</param>
/// <param name="Trend">The publishes of the period of the trends.</param>
/// <param name="Previous">The publishes of the period before that one.</param>
internal sealed record ReportContext(IPublishes Publishes, IPublishes Trend, IPublishes Previous, DateOnly Today)
{
    /// <summary>Returns the publishes that match the filters and ended before a moment.</summary>
    public required Func<DateTimeOffset, IPublishes> Before { get; init; }

    /// <summary>The dimensions that are kept.</summary>
    public IReadOnlyList<ReportField> Dimensions { get; init; } = [];

    /// <summary>The publishes that the query compares; null when it compares none.</summary>
    public ComparedPublishes? Compared { get; init; }
}
