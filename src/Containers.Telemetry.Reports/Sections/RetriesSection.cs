using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Storage;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>Retries: whether the same project is published successfully later, after how many failures and how much time.</summary>
internal sealed class RetriesSection() : ReportSection("retries", IdentityFields.ProjectId, OutcomeFields.Error)
{
    public override IEnumerable<ReportTable> Build(ReportContext context) => [ToTable(context.Publishes.Rows(Fields))];

    private ReportTable ToTable(PublishSelection selection)
    {
        var table = new ReportTable(
            Id,
            "Failures and what came after",
            [
                new("Error", "First error", ColumnKind.Text), new("Series", "Series of failures", ColumnKind.Count),
                new("Recovered", "Ended in a success", ColumnKind.Count), Measure.Share.Column,
                new("FailuresP50", "Failures, p50", ColumnKind.Count), new("FailuresP95", "p95", ColumnKind.Count),
                new("TimeP50", "Time to success, p50", ColumnKind.Duration), new("TimeP95", "p95", ColumnKind.Duration),
            ],
            "A series is one project's failures without a success between them. Cancellations are passed over. Failures and time are those of series that ended in a success.");
        FailureSeries[] series = Find(selection);
        Add(table, CellText.All, series);
        Array.Sort(series, static (one, other) => one.Error.CompareTo(other.Error));
        var errors = (TextColumn)selection.Layout[OutcomeFields.Error];
        foreach ((string error, Range range) in RangesByError(series)
            .Select(one => (Name: one.Error == 0 ? CellText.None : errors.Texts.TextOf((int)one.Error), one.Range))
            .OrderByDescending(static one => one.Range.End.Value - one.Range.Start.Value)
            .ThenBy(static one => one.Name, StringComparer.Ordinal))
        {
            Add(table, error, series.AsSpan(range));
        }

        return table;
    }

    private static List<(long Error, Range Range)> RangesByError(FailureSeries[] sorted)
    {
        var ranges = new List<(long, Range)>();
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            for (end = start + 1; end < sorted.Length && sorted[end].Error == sorted[start].Error;)
            {
                end++;
            }

            ranges.Add((sorted[start].Error, start..end));
        }

        return ranges;
    }

    private static void Add(ReportTable table, string name, ReadOnlySpan<FailureSeries> series)
    {
        int recovered = 0;
        foreach (FailureSeries one in series)
        {
            recovered += one.IsRecovered ? 1 : 0;
        }

        long[] failures = new long[recovered];
        long[] times = new long[recovered];
        recovered = 0;
        foreach (FailureSeries one in series)
        {
            if (one.IsRecovered)
            {
                failures[recovered] = one.Failures;
                times[recovered++] = one.Milliseconds;
            }
        }

        Array.Sort(failures);
        Array.Sort(times);
        table.Add(
            name,
            (long)series.Length,
            (long)recovered,
            Tally.Ratio(recovered, series.Length),
            Percentiles.Of(failures, 50),
            Percentiles.Of(failures, 95),
            Percentiles.Of(times, 50),
            Percentiles.Of(times, 95));
    }

    private static FailureSeries[] Find(PublishSelection selection)
    {
        FieldColumn projects = selection.Layout[IdentityFields.ProjectId];
        FieldColumn errors = selection.Layout[OutcomeFields.Error];
        var found = new List<FailureSeries>();
        long project = 0;
        FailureSeries current = default;
        foreach (int index in selection.OrderBy(projects))
        {
            PublishRow row = selection[index];
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

            switch (row.Outcome)
            {
                case PublishOutcome.Failed:
                    current = current.Failures == 0 ? new FailureSeries(errors.Read(row), 1, row.Time, 0) : current with { Failures = current.Failures + 1 };
                    break;
                case PublishOutcome.Succeeded when current.Failures > 0:
                    current = current with { RecoveredAt = row.Time };
                    Close(found, ref current);
                    break;
            }
        }

        Close(found, ref current);
        return [.. found];
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
