using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>Retries: whether the same project is published successfully later, after how many failures and how much time.</summary>
internal sealed class RetriesSection() : ReportSection("retries", IdentityFields.ProjectId, OutcomeFields.Error)
{
    public override IEnumerable<ReportTable> Build(ReportContext context) => [ToTable(context.Publishes.Recoveries())];

    private ReportTable ToTable(IReadOnlyList<RecoveryGroup> groups)
    {
        var table = new ReportTable(
            Id,
            "Recovery after failure",
            [
                new("Error", "First error", ColumnKind.Text), new("Series", "Series of failures", ColumnKind.Count),
                new("Recovered", "Ended in a success", ColumnKind.Count), Measure.Share.Column,
                new("FailuresP50", "Failures, p50", ColumnKind.Count), new("FailuresP95", "p95", ColumnKind.Count),
                new("TimeP50", "Time to success, p50", ColumnKind.Duration), new("TimeP95", "p95", ColumnKind.Duration),
            ],
            "A series is one project's failures without a success between them. Cancellations are ignored. " +
            "Failures and time are those of series that ended in a success.");
        foreach (RecoveryGroup group in groups
            .OrderByDescending(static group => group.Error is null)
            .ThenByDescending(static group => group.Series)
            .ThenBy(NameOf, StringComparer.Ordinal))
        {
            table.Add(
                NameOf(group),
                group.Series,
                group.Recovered,
                Tally.Ratio(group.Recovered, group.Series),
                group.FailuresP50,
                group.FailuresP95,
                group.MillisecondsP50,
                group.MillisecondsP95);
        }

        return table;
    }

    private static string NameOf(RecoveryGroup group) => group.Error switch
    {
        null => CellText.All,
        "" => CellText.None,
        var error => error,
    };
}
