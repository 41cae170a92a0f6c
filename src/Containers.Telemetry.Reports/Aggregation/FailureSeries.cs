using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>One project's failures without a success between them. A value type: a large store has many.</summary>
/// <param name="Error">The number of the first error.</param>
/// <param name="Start">The time of the first one: <see cref="DateTime.Ticks"/>, UTC.</param>
/// <param name="RecoveredAt">The time of the success; 0 for none yet.</param>
internal readonly record struct FailureSeries(long Error, int Failures, long Start, long RecoveredAt)
{
    private bool IsRecovered => RecoveredAt != 0;

    private long Milliseconds => (RecoveredAt - Start) / TimeSpan.TicksPerMillisecond;

    /// <summary>Finds the series of publishes, and sums them up.</summary>
    public static IReadOnlyList<RecoveryGroup> Find(PublishSelection selection)
    {
        FailureSeries[] series = SeriesOf(selection);
        Array.Sort(series, static (one, other) => one.Error.CompareTo(other.Error));
        var errors = (TextColumn)selection.Layout[OutcomeFields.Error];
        var groups = new List<RecoveryGroup> { GroupOf(null, series) };
        for (int start = 0, end; start < series.Length; start = end)
        {
            long error = series[start].Error;
            for (end = start + 1; end < series.Length && series[end].Error == error;)
            {
                end++;
            }

            groups.Add(GroupOf(error == 0 ? "" : errors.Texts.TextOf((int)error), series.AsSpan(start..end)));
        }

        return groups;
    }

    private static RecoveryGroup GroupOf(string? error, ReadOnlySpan<FailureSeries> series)
    {
        var failures = new List<long>();
        var times = new List<long>();
        foreach (FailureSeries one in series)
        {
            if (one.IsRecovered)
            {
                failures.Add(one.Failures);
                times.Add(one.Milliseconds);
            }
        }

        long[] sortedFailures = [.. failures.Order()];
        long[] sortedTimes = [.. times.Order()];
        return new RecoveryGroup(
            error,
            series.Length,
            failures.Count,
            Percentiles.Of(sortedFailures, 50),
            Percentiles.Of(sortedFailures, 95),
            Percentiles.Of(sortedTimes, 50),
            Percentiles.Of(sortedTimes, 95));
    }

    private static FailureSeries[] SeriesOf(PublishSelection selection)
    {
        IdentifierColumn projects = selection.Layout.Projects;
        FieldColumn errors = selection.Layout[OutcomeFields.Error];
        var found = new List<FailureSeries>();
        long project = 0;
        FailureSeries current = default;
        foreach (PublishRow row in selection.ByProject())
        {
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
}

/// <summary>Series of failures: one project's failures without a success between them. Cancellations are ignored.</summary>
/// <param name="Error">Their first error; empty for none, null for all series together.</param>
/// <param name="Recovered">Number of series that ended in a success. The other figures are about these.</param>
/// <param name="FailuresP50">Failures of a series, median; null for no series.</param>
/// <param name="FailuresP95">Failures of a series, 95th percentile.</param>
/// <param name="MillisecondsP50">From the first failure to the success, median.</param>
/// <param name="MillisecondsP95">From the first failure to the success, 95th percentile.</param>
internal sealed record RecoveryGroup(
    string? Error,
    long Series,
    long Recovered,
    long? FailuresP50,
    long? FailuresP95,
    long? MillisecondsP50,
    long? MillisecondsP95);
