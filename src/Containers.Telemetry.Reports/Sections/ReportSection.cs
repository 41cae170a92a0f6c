using Containers.Telemetry.Events;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>One question that every report answers.</summary>
/// <param name="id">Names it in options and files.</param>
/// <param name="fields">The fields that it needs, beside user and outcome.</param>
internal abstract class ReportSection(string id, params EventField[] fields)
{
    public string Id { get; } = id;

    public IReadOnlyList<EventField> Fields { get; } = fields;

    public abstract IEnumerable<ReportTable> Build(ReportContext context);
}

/// <summary>What sections work with.</summary>
/// <param name="Selection">The publishes of the period.</param>
/// <param name="Trend">The publishes of the period that trends are about, and those of the one before.</param>
/// <param name="Today">The day of the report.</param>
internal sealed record ReportContext(PublishSelection Selection, (PublishSelection Current, PublishSelection Previous) Trend, DateOnly Today);
