using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Storage;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>What becomes of failures: whether the same project is published with success later, after how many failures and how much time.</summary>
internal sealed class RetriesSection() : ReportSection("retries", IdentityFields.ProjectId, OutcomeFields.Error)
{
    private const string All = "(all)";

    public override Func<IReadOnlyList<ReportTable>> Plan(ReportContext context) => () => [ToTable(context.Plan.Selection)];

    private ReportTable ToTable(PublishSelection selection)
    {
        var table = new ReportTable(
            Id,
            "Failures and what came after",
            [
                new("Error", "First error", ColumnKind.Text), new("Series", "Series of failures", ColumnKind.Count),
                new("Recovered", "Ended in a success", ColumnKind.Count), TallyColumns.Share,
                new("FailuresP50", "Failures, p50", ColumnKind.Count), new("FailuresP95", "p95", ColumnKind.Count),
                new("TimeP50", "Time to success, p50", ColumnKind.Duration), new("TimeP95", "p95", ColumnKind.Duration),
            ],
            "A series is one project's failures without a success between them. Cancellations are passed over. Failures and time are those of series that ended in a success.");
        List<FailureSeries> series = Find(selection);
        Add(table, All, series);
        var errors = (TextColumn)selection.Layout[OutcomeFields.Error];
        foreach (IGrouping<string, FailureSeries> kind in series
            .GroupBy(one => one.Error == 0 ? CellText.None : errors.Texts.TextOf((int)one.Error), StringComparer.Ordinal)
            .OrderByDescending(static kind => kind.Count())
            .ThenBy(static kind => kind.Key, StringComparer.Ordinal))
        {
            Add(table, kind.Key, [.. kind]);
        }

        return table;
    }

    private static void Add(ReportTable table, string name, List<FailureSeries> series)
    {
        List<FailureSeries> recovered = series.FindAll(static one => one.IsRecovered);
        long[] failures = [.. recovered.Select(static one => (long)one.Failures).Order()];
        long[] times = [.. recovered.Select(static one => one.Milliseconds).Order()];
        table.Add(
            name,
            (long)series.Count,
            (long)recovered.Count,
            Tally.Ratio(recovered.Count, series.Count),
            Percentiles.Of(failures, 50),
            Percentiles.Of(failures, 95),
            Percentiles.Of(times, 50),
            Percentiles.Of(times, 95));
    }

    private static List<FailureSeries> Find(PublishSelection selection)
    {
        FieldColumn projects = selection.Layout[IdentityFields.ProjectId];
        FieldColumn errors = selection.Layout[OutcomeFields.Error];
        var found = new List<FailureSeries>();
        long project = 0;
        FailureSeries current = default;
        foreach (int index in selection.OrderBy(projects))
        {
            ReadOnlySpan<byte> row = selection[index];
            long rowProject = projects.Read(row);
            if (rowProject != project)
            {
                Close(found, ref current);
                project = rowProject;
            }

            if (project == 0)
            {
                continue;
            }

            switch (Row.OutcomeOf(row))
            {
                case PublishOutcome.Failed:
                    current = current.Failures == 0 ? new FailureSeries(errors.Read(row), 1, Row.TimeOf(row), 0) : current with { Failures = current.Failures + 1 };
                    break;
                case PublishOutcome.Succeeded when current.Failures > 0:
                    current = current with { RecoveredAt = Row.TimeOf(row) };
                    Close(found, ref current);
                    break;
            }
        }

        Close(found, ref current);
        return found;
    }

    private static void Close(List<FailureSeries> found, ref FailureSeries current)
    {
        if (current.Failures > 0)
        {
            found.Add(current);
            current = default;
        }
    }

    /// <summary>One project's failures without a success between them. A value type: a large store has many.</summary>
    private readonly record struct FailureSeries(long Error, int Failures, long Start, long RecoveredAt)
    {
        public bool IsRecovered => RecoveredAt != 0;

        /// <summary>From the first failure to the success.</summary>
        public long Milliseconds => (RecoveredAt - Start) / TimeSpan.TicksPerMillisecond;
    }
}
