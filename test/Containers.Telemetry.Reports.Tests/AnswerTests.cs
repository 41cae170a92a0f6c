using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Rendering;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Tests;

/// <summary>The answer at the top of a report.</summary>
[TestClass]
public sealed class AnswerTests
{
    private static readonly DateTimeOffset Since = TestStore.Now.AddDays(-10);

    [TestMethod]
    [DataRow(10, 100, 10, 100, 0.586)]
    [DataRow(0, 100, 10, 100, 1)]
    [DataRow(10, 10, 0, 10, 0.001)]
    [DataRow(5, 1, 0, 3, 0.001)]
    [DataRow(60, 1000, 20, 1000, 0.0000043)]
    public void TheProbabilityOfChance_IsThatOfTheBinomialDistribution(
        long failures, long publishes, long failuresBefore, long publishesBefore, double expected)
    {
        double found = RateTest.ProbabilityOfAsMany(failures, publishes, failuresBefore, publishesBefore);

        Assert.AreEqual(expected, found, expected * 0.05);
    }

    [TestMethod]
    public void WithoutAChange_NothingIsNamed()
    {
        using var store = new TestStore();
        store.Write([.. Publishes(1, 200, Since.AddDays(-9), failed: 20), .. Publishes(201, 200, Since.AddDays(1), failed: 24)]);

        ReportResult report = store.Report(new() { Since = "10d", Sections = ["answer"] });

        Assert.IsEmpty(report.Table("changes").Rows);
        Assert.AreEqual("chance", report.Table("answer").Column("Verdict")[0]);
    }

    [TestMethod]
    public void AValueThatHasBecomeWorse_IsNamedWithItsDaysAndNothingElse()
    {
        using var store = new TestStore();
        store.Write(
        [
            .. Publishes(1, 200, Since.AddDays(-9), failed: 10),
            .. Publishes(201, 200, Since.AddDays(1), failed: 10),
            .. Enumerable.Range(401, 20).Select(static publish => TestStore.Failure(
                publish, error: "timeout", time: Since.AddDays(6), set: static made => made.Set(OutcomeFields.RemotePushType, "Azure"))),
        ]);

        object?[] change = store.Report(new() { Since = "10d", Sections = ["answer"] }).Table("changes").Rows.Single();

        Assert.AreEqual("worse", change[0]);
        Assert.Contains("Error=timeout", (string)change[1]!);
        Assert.AreEqual(20L, change[2]);
        Assert.AreEqual(0L, change[4]);
        Assert.AreEqual(DateOnly.FromDateTime(Since.AddDays(6).UtcDateTime), change[7]);
        Assert.AreEqual(change[7], change[8]);
    }

    [TestMethod]
    public void AValueThatHasBecomeBetter_IsNamed()
    {
        using var store = new TestStore();
        store.Write([.. Publishes(1, 200, Since.AddDays(-9), failed: 60), .. Publishes(201, 200, Since.AddDays(1), failed: 4)]);

        ReportResult report = store.Report(new() { Since = "10d", Sections = ["answer"] });

        Assert.AreEqual("better", report.Table("answer").Column("Verdict")[0]);
        Assert.AreEqual("better", report.Table("changes").Rows[0][0]);
        Assert.AreEqual(4L, report.Table("changes").Rows[0][2]);
    }

    [TestMethod]
    public void AnErrorThatNoEarlierPublishHad_IsNew()
    {
        using var store = new TestStore();
        store.Write(
            TestStore.Failure(1, time: Since.AddDays(-2)),
            TestStore.Failure(2, time: Since.AddDays(2)),
            TestStore.Failure(3, error: "tls_failure", time: Since.AddDays(3)));

        object?[] error = store.Report(new() { Since = "10d", Sections = ["answer"] }).Table("new-errors").Rows.Single();

        Assert.AreSequenceEqual(["tls_failure", 1L, Since.AddDays(3), 0L], error);
    }

    [TestMethod]
    public void AnErrorAfterPublishesThatAllSucceeded_IsNew()
    {
        using var store = new TestStore();
        store.Write(TestStore.Success(1, time: Since.AddDays(-2)), TestStore.Failure(2, error: "tls_failure", time: Since.AddDays(3)));

        Assert.AreSequenceEqual(["tls_failure"], store.Report(new() { Since = "10d", Sections = ["answer"] }).Table("new-errors").Column("Error"));
    }

    [TestMethod]
    public void WithoutAnEarlierPublish_NoErrorIsCalledNew()
    {
        using var store = new TestStore();
        store.Write(TestStore.Success(1, time: Since.AddDays(2)), TestStore.Failure(2, error: "tls_failure", time: Since.AddDays(3)));

        ReportTable errors = store.Report(new() { Since = "10d", Sections = ["answer"] }).Table("new-errors");
        Assert.AreEqual("Errors", errors.Title);
        Assert.AreSequenceEqual(["tls_failure"], errors.Column("Error"));
    }

    [TestMethod]
    public void CanceledPublishes_DoNotCountInTheSuccessRate()
    {
        using var store = new TestStore();
        store.Write(
        [
            TestStore.Success(1, time: Since.AddDays(-2)), TestStore.Failure(2, time: Since.AddDays(-2)),
            TestStore.Failure(3, error: "canceled", time: Since.AddDays(-2)),
            TestStore.Success(4), .. Enumerable.Range(5, 9).Select(static i => TestStore.Failure(i, error: "canceled")),
        ]);

        Answer answer = Answer.Of(store.Report(new() { Since = "10d", Sections = ["answer"] }))!;

        Assert.AreEqual("100.0 % of 1 publish succeeded, 50.0 % of 2 before: no more than chance.", answer.Rate);
        Assert.AreEqual("0 projects, 9 canceled", answer.Projects);
    }

    [TestMethod]
    public void OnlyCanceledPublishes_AreNamedSo()
    {
        using var store = new TestStore();
        store.Write(TestStore.Failure(1, error: "canceled"), TestStore.Failure(2, error: "canceled"));

        Answer answer = Answer.Of(store.Report(new() { Since = "10d", Sections = ["answer"] }))!;

        Assert.AreEqual("2 publishes, all canceled.", answer.Rate);
        Assert.AreEqual("0 projects, 2 canceled", answer.Projects);
    }

    [TestMethod]
    public void AGroupWithOnlyCanceledPublishesInOnePeriod_IsNeitherNewNorGone()
    {
        using var store = new TestStore();
        store.Write(
            Publish(1, "stopped", -2), Publish(2, "stopped", 2, "canceled"),
            Publish(3, "resumed", -2, "canceled"), Publish(4, "resumed", 2),
            Publish(5, "gone", -2), Publish(6, "new", 2));

        ReportTable table = store.Report(new() { Since = "10d", By = ["dimension.team"], Compare = "previous" }).Table("by");

        Assert.AreSequenceEqual(
            ["gone gone", "new new", "resumed ", "stopped "],
            table.Rows.Select(static row => $"{row[0]} {row[^1]}").Order(StringComparer.Ordinal));
        Assert.AreSequenceEqual(["new", "gone", null, null], table.Column("Verdict"));

        static string Publish(int publish, string team, int day, string? error = null) => error is null
            ? TestStore.Success(publish, time: Since.AddDays(day), set: made => made.SetDimension("team", team))
            : TestStore.Failure(publish, error: error, time: Since.AddDays(day), set: made => made.SetDimension("team", team));
    }

    /// <summary>Somebody with failures alone reads what they are.</summary>
    [TestMethod]
    public void TheFirstPublishes_HaveErrors_AndNothingToCompareWith()
    {
        using var store = new TestStore();
        store.Write(TestStore.Failure(1, error: "timeout"), TestStore.Failure(2, error: "timeout"));

        Answer answer = Answer.Of(store.Report(new() { Sections = ["answer"] }))!;

        Assert.AreEqual("0.0 % of 2 publishes succeeded.", answer.Rate);
        Assert.IsFalse(answer.HasBefore);
        Assert.AreEqual("Errors", answer.Lists[0].Title);
        Assert.AreSequenceEqual(["timeout (2)"], answer.Lists[0].Findings);
    }

    [TestMethod]
    public void PublishesThatHaveNotEnded_AreCountedAsWhatTheyAre()
    {
        using var store = new TestStore();
        store.Write(TestStore.Inference(1, time: TestStore.Now.AddDays(-1)), TestStore.Inference(2, time: TestStore.Now.AddMinutes(-1)));

        Answer answer = Answer.Of(store.Report(new() { Sections = ["answer"] }))!;

        Assert.AreEqual("No publish ended in this period.", answer.Rate);
        Assert.AreEqual("0 projects, 1 unfinished, 1 running", answer.Projects);
    }

    [TestMethod]
    public void AComparisonWithTheTimeBeforeAllPublishes_IsRefused()
    {
        using var store = new TestStore();
        store.Write(TestStore.Success(1));

        QueryException refused = Assert.ThrowsExactly<QueryException>(() => store.Report(new() { Compare = "2020-01-01" }));

        Assert.AreEqual(
            "2020-01-01T00:00:00Z is before the first publish, which ended at 2026-11-21T11:00:00Z. Name a later moment.", refused.Problem.ToString());
    }

    [TestMethod]
    public void ABaseImagePastSupport_IsNamedWithTheDay()
    {
        using var store = new TestStore();
        store.Write(TestStore.Inference(1, tag: "8.0"), TestStore.Success(1), TestStore.Inference(2, tag: "10.0"), TestStore.Success(2));

        object?[] image = store.Report(new() { Since = "10d", Sections = ["answer"] }).Table("ended-support").Rows.Single();

        Assert.AreSequenceEqual(["mcr.microsoft.com/dotnet/aspnet", "8.0", new DateOnly(2026, 11, 10), 1L, 0L, 0L], image);
    }

    private static IEnumerable<string> Publishes(int first, int count, DateTimeOffset time, int failed) => Enumerable.Range(0, count).Select(i => i < failed
        ? TestStore.Failure(first + i, time: time.AddHours(i), set: static made => made.Set(OutcomeFields.RemotePushType, "GitHub"))
        : TestStore.Success(first + i, time: time.AddHours(i), set: static made => made.Set(OutcomeFields.RemotePushType, "GitHub")));
}
