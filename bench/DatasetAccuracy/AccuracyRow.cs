using System.Globalization;
using Containers.Telemetry.Reports.Datasets;

namespace Containers.Telemetry.DatasetAccuracy;

/// <summary>The accuracy of a dataset: a row of the table.</summary>
internal static class AccuracyRow
{
    public const string Heading = """
        | Publishes | Users | ε | Noise | Least count | Rows | of a month or finer | Publishes in rows | Counted | Half of the rows are off by less than | 19 of 20 by less than |
        | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
        """;

    private static readonly byte[] Secret = "the secret of a benchmark, not of a store"u8.ToArray();

    /// <summary>Makes the dataset and compares it with its publishes.</summary>
    public static string Of(QuarterStore store, PrivacyBudget budget)
    {
        DatasetDraft draft = new DatasetMaker(Secret).Make([store.Path], QuarterStore.Quarter, isUnfinished: false, budget);
        DatasetRelease release = draft.Release;
        long inRows = draft.AsTheyAre + draft.Generalized;
        long all = inRows + draft.Withheld;
        double[] errors = [.. draft.Rows.Select(static row => Math.Abs(row.NoisyCount - row.Count) / (double)row.Count).Order()];
        int fine = release.Rows.Count(static row => row.Values[0].Contains('-', StringComparison.Ordinal));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {all:N0} | {store.Users:N0} | {budget.Epsilon} | {release.Noise:N0} | {release.Threshold:N0} | {release.Rows.Count:N0} | {fine:N0} | {Share(inRows, all)} | {Share(draft.Rows.Sum(static row => row.Count), inRows)} | {At(errors, 0.5)} | {At(errors, 0.95)} |");
    }

    private static string Share(long part, long whole) => whole == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0}%");

    private static string At(double[] ascending, double share) =>
        ascending.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{100 * ascending[(int)(share * (ascending.Length - 1))]:0.0}%");
}
