using System.Runtime.InteropServices;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>
/// Finds where failures have become more frequent between two periods. It tests every value of every field, and every pair of values. The combination
/// that explains most of the change comes first; its failures are then set aside and the rest is searched again, so that one cause is named once.
/// </summary>
/// <remarks>
/// Among all significant combinations (<see cref="RateTest"/>, with Bonferroni's correction for their number), those count that explain at least half
/// as many additional failures as the largest one; the least probable of them is the most specific answer.
/// </remarks>
internal sealed class ChangeFinder
{
    private const int MostFindings = 3;
    private const int FewestFailures = 5;

    /// <summary>The share of the largest number of additional failures that a more specific combination has to explain.</summary>
    private const double EnoughOfMost = 0.5;

    /// <summary>The fields that only failures have: they describe failures, not the publishes that could have failed.</summary>
    private static readonly ReportField[] OfFailures = [ReportField.Of(OutcomeFields.Error), ReportField.Of(OutcomeFields.Direction)];

    private static readonly ReportField[] OfPublishes =
    [
        ReportField.Of(DerivedField.PushType), ReportField.Of(DerivedField.PullType), ReportField.Of(SurroundingsFields.SdkVersion),
        ReportField.Of(SurroundingsFields.CiProvider), ReportField.Of(SurroundingsFields.Host), ReportField.Of(SurroundingsFields.OSFamily),
        ReportField.Of(InferenceFields.PublishMode), ReportField.Of(InferenceFields.BaseImageTag), ReportField.Of(InferenceFields.TargetFramework),
    ];

    private readonly TextColumn[] _columns;
    private readonly Period _period;
    private readonly List<AlikeFailures> _failures;
    private readonly List<AlikeFailures> _failuresBefore;
    private readonly Dictionary<Combination, Candidate> _candidates;

    private ChangeFinder(TextColumn[] columns, Period period, IReadOnlyList<AlikeFailures> failures, IReadOnlyList<AlikeFailures> failuresBefore)
    {
        _columns = columns;
        _period = period;
        _failures = [.. failures];
        _failuresBefore = [.. failuresBefore];
        _candidates = CandidatesOf(failures);
    }

    public static IEnumerable<ReportField> FieldsOf(IReadOnlyList<ReportField> dimensions) => OfFailures.Concat(OfPublishes).Concat(dimensions);

    /// <summary>Finds what has become worse or better, the most important first. An improvement is a change for the worse with the periods swapped.</summary>
    /// <param name="after">The publishes of the later period.</param>
    /// <param name="before">The publishes of the earlier period.</param>
    /// <param name="dimensions">The dimensions to test besides the fields.</param>
    public static (IReadOnlyList<Finding> Worse, IReadOnlyList<Finding> Better) Find(
        AlikePublishes after,
        AlikePublishes before,
        IReadOnlyList<ReportField> dimensions)
    {
        if (after.Rows.Count == 0 || before.Rows.Count == 0)
        {
            return ([], []);
        }

        TextColumn[] columns = [.. FieldsOf(dimensions).Select(field => (TextColumn)after.Rows.Layout[field])];
        List<AlikeFailures> failuresAfter = FailuresOf(after, columns);
        List<AlikeFailures> failuresBefore = FailuresOf(before, columns);
        var worse = new ChangeFinder(columns, after.Rows.Period, failuresAfter, failuresBefore);
        var better = new ChangeFinder(columns, before.Rows.Period, failuresBefore, failuresAfter);
        var populations = worse.Populations().Concat(better.Populations()).Distinct().ToDictionary(static one => one, static _ => new Population());
        CountPublishes(after, columns, populations, static (population, publishes) => population.After += publishes);
        CountPublishes(before, columns, populations, static (population, publishes) => population.Before += publishes);
        return (
            worse.Find(populations, static population => (population.After, population.Before)),
            better.Find(populations, static population => (population.Before, population.After)));
    }

    private List<Finding> Find(Dictionary<Combination, Population> populations, Func<Population, (long Publishes, long Before)> counts)
    {
        foreach ((Combination combination, Candidate candidate) in _candidates)
        {
            (candidate.Publishes, candidate.PublishesBefore) = counts(populations[PopulationOf(combination)]);
        }

        var findings = new List<Finding>();
        while (findings.Count < MostFindings)
        {
            CountFailures();
            if (Best() is not { } best)
            {
                break;
            }

            findings.Add(FindingOf(best.Combination, best.Candidate));
            _failures.RemoveAll(failure => failure.Has(best.Combination));
            _failuresBefore.RemoveAll(failure => failure.Has(best.Combination));
        }

        return findings;
    }

    /// <summary>Returns the combinations that enough failures have.</summary>
    private static Dictionary<Combination, Candidate> CandidatesOf(IReadOnlyList<AlikeFailures> failures)
    {
        var counts = new Dictionary<Combination, long>();
        foreach (AlikeFailures failure in failures)
        {
            foreach (Combination combination in failure.Combinations())
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, combination, out _) += failure.Count;
            }
        }

        return counts.Where(static one => one.Value >= FewestFailures).ToDictionary(static one => one.Key, static _ => new Candidate());
    }

    private IEnumerable<Combination> Populations() => _candidates.Keys.Select(PopulationOf);

    /// <summary>The part of a combination that defines the publishes at risk: the values of fields that all publishes have.</summary>
    private static Combination PopulationOf(Combination combination) => combination.Without(OfFailures.Length);

    private static void CountPublishes(
        AlikePublishes publishes,
        TextColumn[] columns,
        Dictionary<Combination, Population> populations,
        Action<Population, long> count)
    {
        for (int index = 0; index < publishes.Rows.Count; index++)
        {
            PublishRow row = publishes.Rows[index];
            if (row.Outcome is not PublishOutcome.Canceled)
            {
                foreach (Combination combination in Combination.AllOf(ItemsOf(row, columns, OfFailures.Length)).Prepend(Combination.Everything))
                {
                    if (populations.TryGetValue(combination, out Population? population))
                    {
                        count(population, publishes.CountOf(row));
                    }
                }
            }
        }
    }

    private void CountFailures()
    {
        foreach (Candidate candidate in _candidates.Values)
        {
            (candidate.Failures, candidate.FailuresBefore) = (0, 0);
        }

        CountFailures(_failures, static (candidate, failures) => candidate.Failures += failures);
        CountFailures(_failuresBefore, static (candidate, failures) => candidate.FailuresBefore += failures);
    }

    private void CountFailures(List<AlikeFailures> failures, Action<Candidate, long> count)
    {
        foreach (AlikeFailures failure in failures)
        {
            foreach (Combination combination in failure.Combinations())
            {
                if (_candidates.TryGetValue(combination, out Candidate? candidate))
                {
                    count(candidate, failure.Count);
                }
            }
        }
    }

    private (Combination Combination, Candidate Candidate)? Best()
    {
        double limit = RateTest.Significance / _candidates.Count;
        (Combination Key, Candidate Value)[] changed =
            [.. _candidates.Where(one => HasChanged(one.Value, limit)).Select(static one => (one.Key, one.Value))];
        if (changed.Length == 0)
        {
            return null;
        }

        double most = changed.Max(static one => one.Value.Additional);
        return changed
            .Where(one => one.Value.Additional >= EnoughOfMost * most)
            .OrderBy(static one => one.Value.Probability)
            .ThenByDescending(static one => one.Value.Failures / (double)one.Value.Publishes)
            .ThenBy(static one => one.Key.First)
            .ThenBy(static one => one.Key.Second)
            .First();
    }

    private static bool HasChanged(Candidate candidate, double limit) =>
        candidate.Failures >= FewestFailures
        && candidate.PublishesBefore > 0
        && candidate.Additional > 0
        && candidate.Probability < limit;

    private Finding FindingOf(Combination combination, Candidate candidate)
    {
        DateOnly[] days =
        [
            .. _failures.Where(failure => failure.Has(combination))
                .SelectMany(static failure => Enumerable.Repeat(TimeBucket.Day.DayOf(failure.Time), (int)failure.Count)),
        ];
        return new Finding(
            Filter.All(combination.Items().Select(ComparisonOf)),
            candidate.Failures,
            candidate.Publishes,
            candidate.FailuresBefore,
            candidate.PublishesBefore,
            Math.Min(1, candidate.Probability * _candidates.Count))
        {
            Days = BusiestDays.Find(days, _period, candidate.Failures - candidate.Additional),
        };
    }

    private Filter ComparisonOf(long item)
    {
        TextColumn column = _columns[Combination.FieldOf(item)];
        return new Comparison(column.Field, ComparisonOperator.Equal, [new FilterValue(column.Texts.TextOf(Combination.NumberOf(item)))]);
    }

    private static List<AlikeFailures> FailuresOf(AlikePublishes publishes, TextColumn[] columns)
    {
        var failures = new List<AlikeFailures>();
        for (int index = 0; index < publishes.Rows.Count; index++)
        {
            PublishRow row = publishes.Rows[index];
            if (row.Outcome is PublishOutcome.Failed)
            {
                failures.Add(new AlikeFailures(row.Time, publishes.CountOf(row), ItemsOf(row, columns, firstField: 0)));
            }
        }

        return failures;
    }

    private static long[] ItemsOf(PublishRow row, TextColumn[] columns, int firstField)
    {
        var items = new List<long>(columns.Length);
        for (int field = firstField; field < columns.Length; field++)
        {
            if (columns[field].Read(row) is var number and not 0)
            {
                items.Add(Combination.ItemOf(field, number));
            }
        }

        return [.. items];
    }

    /// <summary>Equal failed publishes of one day.</summary>
    private sealed class AlikeFailures(long time, long count, long[] items)
    {
        public long Time => time;

        public long Count => count;

        public IEnumerable<Combination> Combinations() => Combination.AllOf(items);

        public bool Has(Combination combination) => combination.Items().All(items.Contains);
    }

    /// <summary>The number of publishes at risk in each period.</summary>
    private sealed class Population
    {
        public long After { get; set; }

        public long Before { get; set; }
    }

    /// <summary>The counts of a combination.</summary>
    private sealed class Candidate
    {
        public long Failures { get; set; }

        public long Publishes { get; set; }

        public long FailuresBefore { get; set; }

        public long PublishesBefore { get; set; }

        /// <summary>The failures above those that the earlier rate would give.</summary>
        public double Additional => Failures - ((double)FailuresBefore / PublishesBefore * Publishes);

        public double Probability => RateTest.ProbabilityOfAsMany(Failures, Publishes, FailuresBefore, PublishesBefore);
    }
}
