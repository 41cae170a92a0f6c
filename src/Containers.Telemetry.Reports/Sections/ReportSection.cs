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

    /// <summary>Says what has to be found out.</summary>
    /// <returns>What makes the tables after it was.</returns>
    public abstract Func<IReadOnlyList<ReportTable>> Plan(ReportContext context);
}

/// <summary>What sections work with.</summary>
/// <param name="Plan">The publishes of the period.</param>
/// <param name="Trend">The publishes of the period that trends are about.</param>
/// <param name="Previous">The publishes of the period before that one.</param>
/// <param name="Today">The day of the report.</param>
internal sealed record ReportContext(ReportPlan Plan, ReportPlan Trend, ReportPlan Previous, DateOnly Today);
