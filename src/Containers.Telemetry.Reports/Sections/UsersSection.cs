using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>How many users and projects there are, and how much they publish.</summary>
internal sealed class UsersSection() : ReportSection("users", IdentityFields.ProjectId)
{
    public override IEnumerable<ReportTable> Build(ReportContext context)
    {
        var table = new ReportTable(
            Id,
            "Users and projects",
            [
                new("Identity", "Identity", ColumnKind.Text), new("Distinct", "Distinct", ColumnKind.Count), Measure.Publishes.Column,
                new("P50", "Median publishes", ColumnKind.Count), new("P95", "p95", ColumnKind.Count), new("Largest", "Largest", ColumnKind.Count),
            ],
            "Users are pseudonyms that are replaced every 90 days, so over a longer time one user is counted several times.");
        Add(table, "Users", context.Publishes.CountsBy(IdentityFields.AnonymousUserId));
        Add(table, "Projects", context.Publishes.CountsBy(IdentityFields.ProjectId));
        return [table];
    }

    private static void Add(ReportTable table, string name, long[] counts) =>
        table.Add(name, (long)counts.Length, counts.Sum(), Percentiles.Of(counts, 50), Percentiles.Of(counts, 95), counts.Length == 0 ? null : counts[^1]);
}
