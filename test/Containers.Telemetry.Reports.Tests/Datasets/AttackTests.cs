using System.Security.Cryptography;
using System.Text;
using Containers.Telemetry.Reports.Datasets;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Tests.Datasets;

/// <summary>
/// Four attacks that could detect one user in a dataset when rows of ten users were released unchanged. The attacker knows all publishes of all other
/// users, those that the victim would make, and the algorithm; only the secret of the store is unknown. The likelihood ratio is then the best
/// possible test, and even it must not be right more often than the budget allows.
/// </summary>
[TestClass]
public sealed class AttackTests
{
    private const int Trials = 2_000;
    private const int Rows = 2;
    private const int Stages = 2;
    private const int VictimsPublishes = 500;

    private static readonly Identifier Victim = MadeUpPublishes.User(1_000_000);
    private static readonly ContributionLimit Limit = new(Rows, Publishes: 1);
    private static readonly NoiseCalibration Noise = NoiseCalibration.For(PrivacyBudget.Default, Stages, Limit);

    [TestMethod]
    public void Files_from_before_and_after_a_user_do_not_tell_that_user()
    {
        MadeUpPublishes others = Others(users: (2 * (int)Noise.Threshold) + 7);

        AssertHidden(Attack(others, others.With(OfVictim(1)), PrivacyBudget.Default), PrivacyBudget.Default);
    }

    [TestMethod]
    public void A_user_who_lifts_a_row_over_the_threshold_stays_hidden()
    {
        MadeUpPublishes others = Others(users: (int)Noise.Threshold - 1);

        AssertHidden(Attack(others, others.With(OfVictim(1)), PrivacyBudget.Default), PrivacyBudget.Default);
    }

    [TestMethod]
    public void Invented_users_around_one_user_do_not_reveal_that_user()
    {
        MadeUpPublishes invented = Others(users: NoiseCalibration.MinUsers - 1);
        MadeUpPublishes withVictim = invented.With(OfVictim(1));

        Assert.AreEqual(
            0, Enumerable.Range(0, Trials).Sum(trial => Release(withVictim, PrivacyBudget.Default, trial).Rows.Count), "A row with ten users was released.");

        // The attacker may invent any number of users. Just below the threshold each additional user tells most.
        MadeUpPublishes many = Others(users: (int)(Noise.Threshold - Math.Sqrt(Noise.Variance)));
        AssertHidden(Attack(many, many.With(OfVictim(1)), PrivacyBudget.Default), PrivacyBudget.Default);
    }

    [TestMethod]
    public void Five_hundred_publishes_of_one_user_cannot_be_detected()
    {
        MadeUpPublishes others = Others(users: (int)Noise.Threshold + 10);

        AssertHidden(Attack(others, others.With(OfVictim(VictimsPublishes)), PrivacyBudget.Default), PrivacyBudget.Default);
    }

    /// <summary>Shows that the attack works with a weak budget: an attack that never finds anything would pass the four tests above.</summary>
    [TestMethod]
    public void A_budget_that_protects_little_lets_the_attack_succeed()
    {
        PrivacyBudget weak = new(PrivacyBudget.MaxEpsilon, PrivacyBudget.MaxDelta);
        NoiseCalibration noise = NoiseCalibration.For(weak, Stages, Limit);
        MadeUpPublishes others = Others(users: 2 * (int)noise.Threshold);

        int successes = Attack(others, others.With(OfVictim(1)), weak);

        Assert.IsGreaterThan(Trials * 6 / 10, successes);
        AssertHidden(successes, weak);
    }

    /// <summary>Other users who are in every row that the attacker looks at, and in different rows at each stage.</summary>
    private static MadeUpPublishes Others(int users) =>
        new([.. Enumerable.Range(1, users).SelectMany(static user => Publishes(MadeUpPublishes.User(user), 1))], Stages);

    private static IEnumerable<MadeUpPublish> OfVictim(int publishes) => Publishes(Victim, publishes);

    private static IEnumerable<MadeUpPublish> Publishes(Identifier user, int ofEach) =>
        Enumerable.Range(0, Rows).SelectMany(row => Enumerable.Repeat(new MadeUpPublish(user, 8 * row), ofEach));

    private static NoisyRows Release(MadeUpPublishes publishes, PrivacyBudget budget, int trial) =>
        new NoisyRelease(publishes, budget, Limit, SHA256.HashData(Encoding.UTF8.GetBytes($"trial {trial}")), "2026Q3").Run();

    /// <summary>Returns how often the attacker is right about <see cref="Trials"/> datasets. Every second one contains the victim.</summary>
    private static int Attack(MadeUpPublishes without, MadeUpPublishes with, PrivacyBudget budget)
    {
        NoiseCalibration noise = NoiseCalibration.For(budget, without.Stages, Limit);
        var tails = new Tails(noise);
        int successes = 0;
        for (int trial = 0; trial < Trials; trial++)
        {
            bool hasVictim = trial % 2 == 1;
            IReadOnlyList<NoisyRow> seen = Release(hasVictim ? with : without, budget, trial).Rows;

            double evidence = LogLikelihood(with, seen, noise, tails) - LogLikelihood(without, seen, noise, tails);

            // A coin decides between equal likelihoods.
            successes += evidence == 0 ? trial / 2 % 2 : (evidence > 0) == hasVictim ? 1 : 0;
        }

        return successes;
    }

    /// <summary>The logarithm of a dataset's likelihood.</summary>
    private static double LogLikelihood(MadeUpPublishes publishes, IReadOnlyList<NoisyRow> seen, NoiseCalibration noise, Tails tails)
    {
        var earlier = new List<IReadOnlySet<GroupIdentity>>();
        double likelihood = 0;
        for (int stage = 0; stage < publishes.Stages; stage++)
        {
            Dictionary<string, long> released = seen.Where(row => row.Stage == stage).ToDictionary(static row => row.Texts[1], static row => row.NoisyCount);
            var ofStage = new HashSet<GroupIdentity>();
            foreach ((GroupIdentity row, RowCount counts) in new BoundedCounts(publishes, stage, Limit, []).Count(earlier).Rows)
            {
                long count = counts.Bounded;
                bool isEligible = count > (NoiseCalibration.MinUsers - 1) * Limit.Publishes;
                bool isReleased = released.TryGetValue(publishes.TextsOf(row)[1], out long noisy);
                if (isReleased)
                {
                    ofStage.Add(row);
                }

                likelihood += isReleased
                    ? (isEligible ? tails.LogOf(noisy - count) : double.NegativeInfinity)
                    : (isEligible ? tails.LogBelow(noise.Threshold - count) : 0);
            }

            earlier.Add(ofStage);
        }

        return likelihood;
    }

    /// <summary>
    /// With even odds, (ε, δ) allows a success rate of at most (e^ε + δ) / (e^ε + 1). By Hoeffding's inequality fewer than one in a million
    /// experiments with this rate exceed it by the margin. The secrets are fixed, so the result is always the same.
    /// </summary>
    private static void AssertHidden(int successes, PrivacyBudget budget)
    {
        double allowed = (Math.Exp(budget.Epsilon) + budget.Delta) / (Math.Exp(budget.Epsilon) + 1);
        double margin = Math.Sqrt(Math.Log(1e6) / (2.0 * Trials));
        Assert.IsLessThanOrEqualTo(allowed + margin, successes / (double)Trials, $"The attacker was right {successes} times of {Trials}.");
    }

    /// <summary>The logarithm of a noise value's probability.</summary>
    private sealed class Tails
    {
        private readonly double _variance;
        private readonly double _logTotal;
        private readonly Dictionary<long, double> _below = [];

        public Tails(NoiseCalibration noise)
        {
            _variance = noise.Variance;
            _logTotal = Math.Log(WeightsBelow(long.MaxValue).Sum());
        }

        public double LogOf(long noise) => (-(double)noise * noise / (2 * _variance)) - _logTotal;

        public double LogBelow(long limit)
        {
            if (!_below.TryGetValue(limit, out double logarithm))
            {
                logarithm = Math.Log(WeightsBelow(limit).Sum()) - _logTotal;
                _below.Add(limit, logarithm);
            }

            return logarithm;
        }

        private IEnumerable<double> WeightsBelow(long limit)
        {
            long reach = 12 * (long)Math.Ceiling(Math.Sqrt(_variance));
            for (long value = -reach; value < Math.Min(limit, reach); value++)
            {
                yield return Math.Exp(-(double)value * value / (2 * _variance));
            }
        }
    }
}
