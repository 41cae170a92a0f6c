using System.Security.Cryptography;

namespace Containers.Telemetry.Reports.Datasets;

/// <summary>
/// Releases rows with user-level differential privacy: each stage of generalisation counts the publishes that are in no row yet, within limits, adds
/// noise to each count, and releases the rows with a large enough count.
/// </summary>
/// <remarks>
/// A secret, the question and the counts of the stage determine the noise. The same question has the same answer, so nobody can average the noise
/// away by repeating it; if anything differs, the noise is independent.
/// </remarks>
/// <param name="secret">At least 16 random bytes.</param>
/// <param name="question">The question besides the budget, such as the quarter.</param>
internal sealed class NoisyRelease(IDatasetSource source, PrivacyBudget budget, ContributionLimit limit, byte[] secret, string question)
{
    private readonly NoiseCalibration _noise = NoiseCalibration.For(budget, source.Stages, limit);
    private readonly string _context = string.Create(
        CultureInfo.InvariantCulture, $"{question}\n{budget.Epsilon:R}\n{budget.Delta:R}\n{limit.Rows}\n{limit.Publishes}\n{source.Stages}");

    public NoisyRows Run()
    {
        var released = new List<NoisyRow>();
        var rows = new List<IReadOnlySet<GroupIdentity>>();
        long asTheyAre = 0;
        long generalized = 0;
        long withheld = 0;
        long withoutUser = 0;
        for (int stage = 0; stage < source.Stages; stage++)
        {
            StageCounts counts = new BoundedCounts(source, stage, limit, secret).Count(rows);
            HashSet<GroupIdentity> ofStage = Release(stage, counts.Rows, released);
            rows.Add(ofStage);
            long inRows = ofStage.Sum(row => counts.Rows[row].All);
            (asTheyAre, generalized, withoutUser) = stage == 0 ? (inRows, 0, counts.WithoutUser) : (asTheyAre, generalized + inRows, withoutUser);
            withheld = counts.Publishes - inRows;
        }

        return new NoisyRows(released, asTheyAre, generalized, withheld, withoutUser);
    }

    private HashSet<GroupIdentity> Release(int stage, IReadOnlyDictionary<GroupIdentity, RowCount> counts, List<NoisyRow> released)
    {
        // More than nine users' limits: at least ten users.
        (GroupIdentity Row, string[] Texts, long Count)[] eligible =
        [
            .. counts.Where(row => row.Value.Bounded > (NoiseCalibration.MinUsers - 1) * (long)limit.Publishes)
                .Select(row => (row.Key, source.TextsOf(row.Key), row.Value.Bounded))
                .OrderBy(static row => string.Join('\t', row.Item2), StringComparer.Ordinal),
        ];
        var stream = new NoiseStream(secret, ContextOf(stage, eligible));
        var rows = new HashSet<GroupIdentity>();
        foreach ((GroupIdentity row, string[] texts, long count) in eligible)
        {
            long noisy = count + DiscreteGaussian.Sample(stream, _noise.Variance);
            if (noisy >= _noise.Threshold)
            {
                rows.Add(row);
                released.Add(new NoisyRow(texts, noisy, count, stage));
            }
        }

        return rows;
    }

    private byte[] ContextOf(int stage, IEnumerable<(GroupIdentity Row, string[] Texts, long Count)> rows)
    {
        var text = new StringBuilder().Append("noise\n").Append(_context).Append('\n').Append(stage);
        foreach ((_, string[] texts, long count) in rows)
        {
            text.Append('\n').AppendJoin('\t', texts).Append('\t').Append(count);
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }
}

/// <summary>A release with the confidential figures of a <see cref="DatasetDraft"/>; only the texts and noisy counts of rows may be shared.</summary>
internal sealed record NoisyRows(IReadOnlyList<NoisyRow> Rows, long AsTheyAre, long Generalized, long Withheld, long WithoutUser);

/// <param name="Count">The count before noise, within the limits for a user. Confidential.</param>
internal sealed record NoisyRow(string[] Texts, long NoisyCount, long Count, int Stage);
