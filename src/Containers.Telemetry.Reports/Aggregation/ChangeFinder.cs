using System.Runtime.InteropServices;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>
/// Finds where failures have become more frequent between two periods. It looks at every value of every field, and at every pair of values.
/// What explains most of the change comes first; its failures are then set aside, and the rest is looked at again, so that one cause is named once.
/// </summary>
/// <remarks>
/// Of all combinations whose change is none of chance (<see cref="RateTest"/>, corrected for the number of combinations by Bonferroni), those
/// count that explain at least half as many additional failures as the one that explains most; the least probable of them is the sharpest answer.
/// </remarks>
internal sealed class ChangeFinder
{
    private const int MostFindings = 3;
    private const int FewestFailures = 5;

    /// <summary>How much of the largest number of additional failures a sharper combination has to explain.</summary>
    private const double EnoughOfMost = 0.5;

    /// <summary>The fields that only failures have: they say how publishes failed, not how many could.</summary>
    private static readonly ReportField[] OfFailures = [ReportField.Of(OutcomeFields.Error), ReportField.Of(OutcomeFields.Direction)];

    private static readonly ReportField[] OfPublishes =
    [
        ReportField.Of(DerivedField.PushType), ReportField.Of(DerivedField.PullType), ReportField.Of(SurroundingsFields.SdkVersion),
        ReportField.Of(SurroundingsFields.CiProvider), ReportField.Of(SurroundingsFields.Host), ReportField.Of(SurroundingsFields.OSFamily),
        ReportField.Of(InferenceFields.PublishMode), ReportField.Of(InferenceFields.BaseImageTag), ReportField.Of(InferenceFields.TargetFramework),
    ];

    private readonly PublishSelection _after;
    private readonly PublishSelection _before;
    private readonly TextColumn[] _columns;
    private readonly List<Failure> _failuresAfter;
    private readonly List<Failure> _failuresBefore;

    private ChangeFinder(PublishSelection after, PublishSelection before, IReadOnlyList<ReportField> dimensions)
    {
        _after = after;
        _before = before;
        _columns = [.. FieldsOf(dimensions).Select(field => (TextColumn)after.Layout[field])];
        _failuresAfter = FailuresOf(after);
        _failuresBefore = FailuresOf(before);
    }

    /// <summary>The fields that are looked at.</summary>
    public static IEnumerable<ReportField> FieldsOf(IReadOnlyList<ReportField> dimensions) => OfFailures.Concat(OfPublishes).Concat(dimensions);

    /// <summary>Finds what has become worse, the most important first.</summary>
    /// <param name="after">The publishes of the later period.</param>
    /// <param name="before">The publishes of the earlier period.</param>
    /// <param name="dimensions">The dimensions to look at beside the fields.</param>
    public static IReadOnlyList<Finding> Find(PublishSelection after, PublishSelection before, IReadOnlyList<ReportField> dimensions) =>
        after.Count == 0 || before.Count == 0 ? [] : new ChangeFinder(after, before, dimensions).Find();

    private List<Finding> Find()
    {
        Dictionary<Combination, Candidate> candidates = Candidates();
        CountPublishes(candidates);
        var findings = new List<Finding>();
        while (findings.Count < MostFindings)
        {
            CountFailures(candidates);
            if (Best(candidates) is not { } best)
            {
                break;
            }

            findings.Add(FindingOf(best.Combination, best.Candidate, candidates.Count));
            _failuresAfter.RemoveAll(failure => failure.Has(best.Combination));
            _failuresBefore.RemoveAll(failure => failure.Has(best.Combination));
        }

        return findings;
    }

    /// <summary>The combinations that enough failures have.</summary>
    private Dictionary<Combination, Candidate> Candidates()
    {
        var counts = new Dictionary<Combination, int>();
        foreach (Failure failure in _failuresAfter)
        {
            foreach (Combination combination in failure.Combinations())
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, combination, out _)++;
            }
        }

        return counts.Where(static one => one.Value >= FewestFailures).ToDictionary(static one => one.Key, static _ => new Candidate());
    }

    /// <summary>Counts the publishes of which the failures could have been: those with the same values of fields that all publishes have.</summary>
    private void CountPublishes(Dictionary<Combination, Candidate> candidates)
    {
        ILookup<Combination, Candidate> byPopulation = candidates.ToLookup(static one => one.Key.Without(OfFailures.Length), static one => one.Value);
        var populations = byPopulation.ToDictionary(static one => one.Key, static _ => new long[2]);
        Count(_after, 0);
        Count(_before, 1);
        foreach (IGrouping<Combination, Candidate> candidatesOf in byPopulation)
        {
            foreach (Candidate candidate in candidatesOf)
            {
                (candidate.Publishes, candidate.PublishesBefore) = (populations[candidatesOf.Key][0], populations[candidatesOf.Key][1]);
            }
        }

        void Count(PublishSelection selection, int period)
        {
            for (int index = 0; index < selection.Count; index++)
            {
                PublishRow row = selection[index];
                if (row.Outcome is not PublishOutcome.Canceled)
                {
                    foreach (Combination combination in Combination.AllOf(ItemsOf(row, OfFailures.Length)).Prepend(Combination.Everything))
                    {
                        if (populations.TryGetValue(combination, out long[]? counts))
                        {
                            counts[period]++;
                        }
                    }
                }
            }
        }
    }

    private void CountFailures(Dictionary<Combination, Candidate> candidates)
    {
        foreach (Candidate candidate in candidates.Values)
        {
            (candidate.Failures, candidate.FailuresBefore) = (0, 0);
        }

        foreach (Failure failure in _failuresAfter)
        {
            foreach (Combination combination in failure.Combinations())
            {
                if (candidates.TryGetValue(combination, out Candidate? candidate))
                {
                    candidate.Failures++;
                }
            }
        }

        foreach (Failure failure in _failuresBefore)
        {
            foreach (Combination combination in failure.Combinations())
            {
                if (candidates.TryGetValue(combination, out Candidate? candidate))
                {
                    candidate.FailuresBefore++;
                }
            }
        }
    }

    private static (Combination Combination, Candidate Candidate)? Best(Dictionary<Combination, Candidate> candidates)
    {
        double limit = RateTest.Significance / candidates.Count;
        (Combination Key, Candidate Value)[] changed =
            [.. candidates.Where(one => one.Value.Failures >= FewestFailures && one.Value.PublishesBefore > 0 && one.Value.Additional > 0 && one.Value.Probability < limit).Select(static one => (one.Key, one.Value))];
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

    private Finding FindingOf(Combination combination, Candidate candidate, int comparisons)
    {
        DateOnly[] days = [.. _failuresAfter.Where(failure => failure.Has(combination)).Select(static failure => TimeBucket.Day.DayOf(failure.Time))];
        return new Finding(
            Filter.All(combination.Items().Select(ComparisonOf)),
            candidate.Failures,
            candidate.Publishes,
            candidate.FailuresBefore,
            candidate.PublishesBefore,
            Math.Min(1, candidate.Probability * comparisons))
        {
            Days = BusiestDays.Find(days, _after.Period, candidate.Failures - candidate.Additional),
        };
    }

    private Filter ComparisonOf(long item)
    {
        TextColumn column = _columns[Combination.FieldOf(item)];
        return new Comparison(column.Field, ComparisonOperator.Equal, [new FilterValue(column.Texts.TextOf(Combination.NumberOf(item)))]);
    }

    private List<Failure> FailuresOf(PublishSelection selection)
    {
        var failures = new List<Failure>();
        for (int index = 0; index < selection.Count; index++)
        {
            PublishRow row = selection[index];
            if (row.Outcome is PublishOutcome.Failed)
            {
                failures.Add(new Failure(row.Time, ItemsOf(row, firstField: 0)));
            }
        }

        return failures;
    }

    private long[] ItemsOf(PublishRow row, int firstField)
    {
        var items = new List<long>(_columns.Length);
        for (int field = firstField; field < _columns.Length; field++)
        {
            if (_columns[field].Read(row) is var number and not 0)
            {
                items.Add(Combination.ItemOf(field, number));
            }
        }

        return [.. items];
    }

    /// <summary>A failed publish.</summary>
    private sealed class Failure(long time, long[] items)
    {
        public long Time => time;

        public IEnumerable<Combination> Combinations() => Combination.AllOf(items);

        public bool Has(Combination combination) => combination.Items().All(items.Contains);
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
