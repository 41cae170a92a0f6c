using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Reports.Tests;

/// <summary>The conditions of --fail-if apply to the figures that the report shows.</summary>
[TestClass]
public sealed class FailIfTests
{
    public static IEnumerable<object[]> OfTheLastThirtyDays =>
    [
        [new ReportQueryText { Sections = ["answer"] }],
        [new ReportQueryText { Compare = "previous" }],
        [new ReportQueryText { Compare = "2026-11-01" }],
        [new ReportQueryText { Compare = "Month=2026-10-01..2026-11-01" }],
    ];

    [TestMethod]
    [DynamicData(nameof(OfTheLastThirtyDays))]
    public void APeriodThatIsShownAlone_IsJudgedAlone(ReportQueryText text)
    {
        using TestStore store = OfAWorseMonth();

        ReportResult report = store.Report(text with { FailIf = "SuccessRate<80" });

        Assert.AreSequenceEqual(["SuccessRate 50.0 %"], report.FailedBecause);
        Assert.AreEqual(0.5, report.Tables[0].Column("SuccessRate")[0]);
    }

    [TestMethod]
    public void AGroupThatIsCompared_IsJudgedByWhatItIsNow()
    {
        using TestStore store = OfAWorseMonth();

        ReportResult report = store.Report(new() { By = ["Outcome"], Compare = "previous", FailIf = "Publishes<50" });

        Assert.AreSequenceEqual(["error, Publishes 5", "success, Publishes 5"], report.FailedBecause.Order(StringComparer.Ordinal));
    }

    [TestMethod]
    public void TablesOfAllThatIsStored_AreJudgedByAllOfIt()
    {
        using TestStore store = OfAWorseMonth();

        Assert.IsEmpty(store.Report(new() { FailIf = "SuccessRate<80" }).FailedBecause);
        Assert.IsEmpty(store.Report(new() { Sections = ["success-rate"], FailIf = "SuccessRate<80" }).FailedBecause);
    }

    /// <summary>Otherwise a gate for 95 % would let everything pass.</summary>
    [TestMethod]
    [DataRow("SuccessRate<0.95", "SuccessRate is a percentage, so '0.95' is less than 1 %: write 95%, or 0.95%.")]
    [DataRow("SuccessRate<.5", "SuccessRate is a percentage, so '.5' is less than 1 %: write 50%, or .5%.")]
    [DataRow("SuccessRate<0.95%", null)]
    [DataRow("SuccessRate<95", null)]
    [DataRow("FailureRate>0.5", null)]
    public void ASuccessRateBelowOnePercent_NeedsItsSign(string condition, string? problem) =>
        Assert.AreEqual(problem, ReportQuery.Parse(new() { FailIf = condition }, TestStore.Now, out _).SingleOrDefault()?.ToString());

    [TestMethod]
    public void AShareOfExactlyTheNamedPercentage_IsNeitherBelowNorAbove()
    {
        for (int failed = 1; failed < 1000; failed++)
        {
            string percentage = FormattableString.Invariant($"{failed / 10}.{failed % 10}");

            Assert.IsFalse(IsMet($"FailureRate<{percentage}"), percentage);
            Assert.IsFalse(IsMet($"FailureRate>{percentage} %"), percentage);
            Assert.IsTrue(IsMet($"FailureRate={percentage}0"), percentage);

            bool IsMet(string condition)
            {
                Assert.IsEmpty(ReportQuery.Parse(new() { FailIf = condition }, TestStore.Now, out ReportQuery query));
                return query.FailIf!.IsMetBy(failed / 1000.0);
            }
        }
    }

    [TestMethod]
    [DataRow("SuccessRate<95", 0.9497, "SuccessRate 94.97 %")]
    [DataRow("SuccessRate<95", 0.9442, "SuccessRate 94.4 %")]
    [DataRow("SuccessRate<=95", 0.95, "SuccessRate 95.0 %")]
    [DataRow("DurationP95>1min", 60_040L, "DurationP95 60040 ms")]
    [DataRow("ImageSizeP95>1KiB", 1_030L, "ImageSizeP95 1030 B")]
    [DataRow("Publishes<1000", 999L, "Publishes 999")]
    public void A_value_that_rounding_would_make_the_limit_is_written_whole(string condition, object cell, string expected)
    {
        Assert.IsEmpty(ReportQuery.Parse(new() { FailIf = condition }, TestStore.Now, out ReportQuery query));

        Assert.IsTrue(query.FailIf!.IsMetBy(cell));
        Assert.AreEqual(expected, query.FailIf.Describe(cell));
    }

    /// <summary>All 50 publishes of the previous month succeeded, and 5 of the 10 publishes of this month.</summary>
    private static TestStore OfAWorseMonth()
    {
        var store = new TestStore();
        store.Write(
        [
            .. Enumerable.Range(1, 50).Select(static i => TestStore.Success(i, time: TestStore.Now.AddDays(-40).AddMinutes(i))),
            .. Enumerable.Range(51, 5).Select(static i => TestStore.Success(i, time: TestStore.Now.AddDays(-1).AddMinutes(i))),
            .. Enumerable.Range(56, 5).Select(static i => TestStore.Failure(i, time: TestStore.Now.AddHours(-1).AddSeconds(i))),
        ]);
        return store;
    }
}
