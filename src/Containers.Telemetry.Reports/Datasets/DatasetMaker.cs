using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Datasets;

/// <summary>Makes a shareable dataset of a quarter, like the .NET CLI's usage data, with differential privacy for users. See docs/dataset.md.</summary>
/// <param name="secret">The secret of the store: it fixes the noise.</param>
public sealed class DatasetMaker(byte[] secret)
{
    /// <summary>Reads files and makes the dataset.</summary>
    /// <param name="sources">Files and folders, as for <see cref="Report.Run"/>.</param>
    /// <param name="isUnfinished">Whether the quarter has not ended.</param>
    /// <param name="budget">A valid budget.</param>
    /// <param name="progress">See <see cref="Report.Run"/>.</param>
    public DatasetDraft Make(
        IReadOnlyList<string> sources,
        Quarter quarter,
        bool isUnfinished,
        PrivacyBudget budget,
        Action<long, long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var layout = new RecordLayout(DatasetColumns.Fields);
        var store = new PublishStore(layout, ReportReader.MaxPublishes);
        ReadingStatistics reading = ReportReader.Read(sources, store, progress, cancellationToken);
        DerivedColumns.Fill(store, DateOnly.FromDateTime(quarter.Period.To.UtcDateTime));
        PublishSelection selection = PublishSelection.Create(store, quarter.Period);
        var source = new PublishSource(selection, new GeneralizedRows(DatasetColumns.Of(layout, quarter)));
        return Make(source, quarter, isUnfinished, budget) with { Reading = reading };
    }

    /// <summary>Makes the dataset from any source of publishes.</summary>
    /// <param name="isUnfinished">Whether the quarter has not ended.</param>
    /// <param name="budget">A valid budget.</param>
    internal DatasetDraft Make(IDatasetSource source, Quarter quarter, bool isUnfinished, PrivacyBudget budget)
    {
        ContributionLimit limit = ContributionLimit.Default;
        NoisyRows rows = new NoisyRelease(source, budget, limit, secret, quarter + (isUnfinished ? DatasetRelease.UnfinishedMark : "")).Run();
        NoiseCalibration noise = NoiseCalibration.For(budget, source.Stages, limit);
        return new DatasetDraft
        {
            Release = new DatasetRelease
            {
                Quarter = quarter,
                IsUnfinished = isUnfinished,
                Budget = budget,
                RowsOfUser = limit.Rows,
                PublishesOfUserInRow = limit.Publishes,
                Noise = (long)Math.Round(Math.Sqrt(noise.Variance)),
                Threshold = noise.Threshold,
                Rows = [.. rows.Rows.Select(row => ToRow(row, isUnfinished)).OrderBy(static row => string.Join('\t', row.Values), StringComparer.Ordinal)],
            },
            AsTheyAre = rows.AsTheyAre,
            Generalized = rows.Generalized,
            Withheld = rows.Withheld,
            WithoutUser = rows.WithoutUser,
            Reading = new ReadingStatistics(),
            Rows = rows.Rows,
        };
    }

    private static DatasetRow ToRow(NoisyRow row, bool isUnfinished)
    {
        string[] values = [.. row.Texts];
        values[0] += isUnfinished ? DatasetRelease.UnfinishedMark : "";
        return new DatasetRow(values, row.NoisyCount);
    }
}
