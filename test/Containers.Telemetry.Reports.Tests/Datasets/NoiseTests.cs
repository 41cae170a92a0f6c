using System.Buffers.Binary;
using System.Globalization;
using Containers.Telemetry.Reports.Datasets;
using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Reports.Tests.Datasets;

[TestClass]
public sealed class NoiseTests
{
    // Six standard deviations: one correct run in five hundred million deviates more.
    private const double Deviations = 6;

    private static readonly byte[] Secret = "a secret of the tests, not of a store"u8.ToArray();

    private static readonly Gen<UInt128> Bounds = ArbMap.Default.GeneratorFor<ulong>().Zip(ArbMap.Default.GeneratorFor<ulong>())
        .Select(static halves => new UInt128(halves.Item1, halves.Item2))
        .Where(static bound => bound > 0);

    [TestMethod]
    public void The_same_secret_and_context_give_the_same_numbers() =>
        Prop.ForAll<NonNull<string>>(context =>
        {
            long[] first = Samples(Stream(context.Get), variance: 400, count: 20);

            CollectionAssert.AreEqual(first, Samples(Stream(context.Get), variance: 400, count: 20));
            CollectionAssert.AreNotEqual(first, Samples(Stream(context.Get + "."), variance: 400, count: 20));
            CollectionAssert.AreNotEqual(
                first, Samples(new NoiseStream("another secret"u8, System.Text.Encoding.UTF8.GetBytes(context.Get)), variance: 400, count: 20));
        }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Numbers_below_a_bound_are_below_it() =>
        Prop.ForAll(Bounds.ToArbitrary(), bound =>
        {
            NoiseStream stream = Stream(bound.ToString(CultureInfo.InvariantCulture));
            for (int i = 0; i < 20; i++)
            {
                Assert.IsTrue(stream.Below(bound) < bound);
            }

            Assert.AreEqual(UInt128.Zero, stream.Below(1));
        }).QuickCheckThrowOnFailure();

    [TestMethod]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(10)]
    [DataRow(255)]
    [DataRow(257)]
    public void Numbers_below_a_bound_are_all_as_likely(int bound)
    {
        const int Samples = 50_000;
        NoiseStream stream = Stream($"uniform {bound}");
        int[] counts = new int[bound];
        for (int i = 0; i < Samples; i++)
        {
            counts[(int)stream.Below((UInt128)bound)]++;
        }

        foreach (int count in counts)
        {
            AssertProbability(1.0 / bound, count, Samples);
        }
    }

    [TestMethod]
    [DataRow(0, 1)]
    [DataRow(1, 3)]
    [DataRow(1, 1)]
    [DataRow(7, 2)]
    [DataRow(4, 2)]
    public void A_chance_of_an_exponential_is_exact(int numerator, int denominator)
    {
        const int Samples = 50_000;
        NoiseStream stream = Stream($"exp {numerator}/{denominator}");
        int hits = Enumerable.Range(0, Samples).Count(_ => DiscreteGaussian.ExpMinus(stream, (UInt128)numerator, (UInt128)denominator));

        AssertProbability(Math.Exp(-(double)numerator / denominator), hits, Samples);
    }

    /// <summary>
    /// The probability depends on the value of a fraction, and not on its form, because the product computes it without floating-point numbers.
    /// </summary>
    [TestMethod]
    public void A_chance_does_not_depend_on_how_its_fraction_is_written()
    {
        const int Samples = 2_000;

        // A small probability is not normally distributed: with random fractions one correct run in 400,000 would deviate too much. So the fractions
        // are fixed.
        var random = new Random(1);
        for (int i = 0; i < 50; i++)
        {
            (int numerator, int denominator, int factor) = (random.Next(41), random.Next(1, 21), random.Next(1, 1 << 30));
            NoiseStream stream = Stream($"{numerator}/{denominator} times {factor}");
            int hits = Enumerable.Range(0, Samples).Count(
                _ => DiscreteGaussian.ExpMinus(stream, (UInt128)numerator * (UInt128)factor, (UInt128)denominator * (UInt128)factor));

            AssertProbability(Math.Exp(-(double)numerator / denominator), hits, Samples);
        }
    }

    /// <summary>Each value has the probability of the formula, from the centre to the tails.</summary>
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(9)]
    [DataRow(10)]
    [DataRow(400)]
    public void The_noise_has_the_distribution_of_a_discrete_Gaussian(int variance)
    {
        const int Count = 40_000;
        long[] samples = Samples(Stream($"gauss {variance}"), variance, Count);
        ILookup<long, long> byValue = samples.ToLookup(static sample => sample);
        double total = Enumerable.Range(-500, 1001).Sum(value => Weight(value, variance));

        for (int value = -100; value <= 100; value++)
        {
            AssertProbability(Weight(value, variance) / total, byValue[value].Count(), Count);
        }
    }

    [TestMethod]
    public void The_noise_of_any_variance_has_its_mean_and_spread() =>
        Prop.ForAll(Gen.Choose(10, 30_000).ToArbitrary(), static variance =>
        {
            const int Count = 1_000;
            long[] samples = Samples(Stream($"any {variance}"), variance, Count);

            Assert.IsLessThan(Deviations * Math.Sqrt((double)variance / Count), Math.Abs(samples.Average()));
            Assert.IsLessThan(Deviations * variance * Math.Sqrt(2.0 / Count), Math.Abs(samples.Average(static sample => (double)sample * sample) - variance));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [TestMethod]
    public void The_largest_variance_does_not_overflow()
    {
        long[] samples = Samples(Stream("largest"), NoiseCalibration.MaxVariance, 200);

        Assert.IsGreaterThan(150, samples.Distinct().Count());
        Assert.IsLessThan(10L << 20, samples.Max(Math.Abs));
    }

    /// <summary>
    /// The stream is HMAC-SHA256 in counter mode under HMAC(secret, context), with the algorithm of the paper, so that another version of the tool
    /// reproduces a file.
    /// </summary>
    [TestMethod]
    public void The_numbers_stay_the_same_from_version_to_version()
    {
        byte[] key = System.Security.Cryptography.HMACSHA256.HashData(Secret, "kept"u8);
        byte[] block = System.Security.Cryptography.HMACSHA256.HashData(key, new byte[8]);

        Assert.AreEqual(new UInt128(0, BinaryPrimitives.ReadUInt64BigEndian(block)), Stream("kept").Below(UInt128.One << 64));
    }

    [TestMethod]
    public void Any_valid_budget_gives_a_noise_that_can_be_sampled() =>
        Prop.ForAll(Gen.Choose(0, 1000).Zip(Gen.Choose(0, 1000)).ToArbitrary(), static ((int Epsilon, int Delta) place) =>
        {
            PrivacyBudget budget = BudgetAt(place.Epsilon / 1000.0, place.Delta / 1000.0);
            Assert.IsTrue(budget.IsValid, budget.ToString());
            NoiseCalibration noise = NoiseCalibration.For(budget, 6, ContributionLimit.Default);

            Assert.IsGreaterThan(0, noise.Variance);
            Assert.IsLessThanOrEqualTo(NoiseCalibration.MaxVariance, noise.Variance);
            Assert.IsGreaterThan(NoiseCalibration.MinUsers * ContributionLimit.Default.Publishes, noise.Threshold);
            AssertKeepsItsBudget(budget, noise, stages: 6, ContributionLimit.Default);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    /// <summary>The δ of a Gaussian has an exact formula. The chosen noise must not need a larger δ, whatever formula chose it.</summary>
    private static void AssertKeepsItsBudget(PrivacyBudget budget, NoiseCalibration noise, int stages, ContributionLimit limit)
    {
        double shift = Math.Sqrt((double)stages * limit.Rows) * limit.Publishes / Math.Sqrt(noise.Variance);
        double delta = Normal((shift / 2) - (budget.Epsilon / shift)) - (Math.Exp(budget.Epsilon) * Normal(-(shift / 2) - (budget.Epsilon / shift)));
        Assert.IsLessThanOrEqualTo(budget.Delta / 2, delta, $"{budget} {noise}");

        double tail = (noise.Threshold - (NoiseCalibration.MinUsers * limit.Publishes)) / Math.Sqrt(noise.Variance);
        Assert.IsLessThanOrEqualTo(budget.Delta / 2, stages * limit.Rows * Math.Exp(budget.Epsilon) * Normal(-tail), $"{budget} {noise}");
    }

    private static PrivacyBudget BudgetAt(double epsilon, double delta) => new(
        Math.Clamp(
            PrivacyBudget.MinEpsilon * Math.Pow(PrivacyBudget.MaxEpsilon / PrivacyBudget.MinEpsilon, epsilon),
            PrivacyBudget.MinEpsilon,
            PrivacyBudget.MaxEpsilon),
        Math.Clamp(PrivacyBudget.MinDelta * Math.Pow(PrivacyBudget.MaxDelta / PrivacyBudget.MinDelta, delta), PrivacyBudget.MinDelta, PrivacyBudget.MaxDelta));

    /// <summary>The distribution function of a Gaussian, by a series in the middle and a continued fraction in the tail.</summary>
    private static double Normal(double x)
    {
        if (x > 0)
        {
            return 1 - Normal(-x);
        }

        double z = -x;
        double density = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
        if (z < 3)
        {
            double term = z;
            double sum = z;
            for (int n = 1; n < 200; n++)
            {
                term *= z * z / ((2 * n) + 1);
                sum += term;
            }

            return 0.5 - (density * sum);
        }

        double fraction = 0;
        for (int n = 100; n > 0; n--)
        {
            fraction = n / (z + fraction);
        }

        return density / (z + fraction);
    }

    private static double Weight(double value, double variance) => Math.Exp(-value * value / (2 * variance));

    private static NoiseStream Stream(string context) => new(Secret, System.Text.Encoding.UTF8.GetBytes(context));

    private static long[] Samples(NoiseStream stream, long variance, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => DiscreteGaussian.Sample(stream, variance))];

    private static void AssertProbability(double expected, int hits, int samples) =>
        Assert.IsLessThanOrEqualTo(
            (Deviations * Math.Sqrt(samples * expected * (1 - expected))) + 2, Math.Abs(hits - (samples * expected)), $"{hits} of {samples}, not {expected}");
}
