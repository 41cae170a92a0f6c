using Containers.Telemetry.Reports.Aggregation;

namespace Containers.Telemetry.Reports.Tests;

[TestClass]
public sealed class RateTestTests
{
    // With equally many publishes in both periods: the sum of the binomial coefficients of ten from the number of failures on, divided by 1,024.
    [TestMethod]
    [DataRow(8, 100, 2, 100, 0.0546875)]
    [DataRow(2, 100, 8, 100, 0.9892578125)]
    [DataRow(5, 100, 5, 100, 0.623046875)]
    public void Probability_OfFewFailures_IsExact(long failures, long publishes, long failuresBefore, long publishesBefore, double expected) =>
        Assert.AreEqual(expected, RateTest.ProbabilityOfAsMany(failures, publishes, failuresBefore, publishesBefore), 1e-9);

    [TestMethod]
    [DataRow(5_000, 500_000, 40_000, 500_000)]
    [DataRow(20, 900_000, 60_000, 900_000)]
    public void Probability_OfFarFewerFailuresThanBefore_IsOne_HoweverManyThereAre(long failures, long publishes, long failuresBefore, long publishesBefore)
    {
        Assert.AreEqual(1, RateTest.ProbabilityOfAsMany(failures, publishes, failuresBefore, publishesBefore), 1e-9);
        Assert.IsLessThan(1e-9, RateTest.ProbabilityOfAsFew(failures, publishes, failuresBefore, publishesBefore));
    }
}
