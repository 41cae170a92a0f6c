using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Tests;

/// <summary>Publishes without an event that ends them: they were killed or are still running.</summary>
[TestClass]
public sealed class UnfinishedTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [TestMethod]
    public void APublishWithoutAnOutcome_IsUnfinished_AndCountedNowhereElse()
    {
        using var store = new TestStore();
        store.Write(TestStore.Inference(1), TestStore.Success(2));

        ReportResult report = store.Report();

        Assert.AreEqual(1, report.Publishes);
        Assert.AreEqual(1, report.Unfinished);
        Assert.AreEqual(1L, report.Table("success-rate").Cell("Unfinished"));
        Assert.AreEqual(1L, report.Table("success-rate").Cell("Publishes"));
    }

    [TestMethod]
    public void AGroup_HasItsUnfinishedPublishes_EvenIfItHasNoOthers()
    {
        using var store = new TestStore();
        store.Write(Killed(1, "a"), Killed(2, "b"), Killed(3, "b"), TestStore.Success(4, set: static made => made.SetDimension("team", "a")));

        ReportTable table = store.Report(new() { By = ["dimension.team"] }).Table("by");

        Assert.AreSequenceEqual(["a", "b"], table.Column("dimension.team"));
        Assert.AreSequenceEqual([1L, 0L], table.Column("Publishes"));
        Assert.AreSequenceEqual([1L, 2L], table.Column("Unfinished"));
        Assert.AreSequenceEqual(["b", "a"], store.Report(new() { By = ["dimension.team"], Sort = "Unfinished" }).Table("by").Column("dimension.team"));

        static string Killed(int publish, string team) => TestStore.Inference(publish, set: made => made.SetDimension("team", team));
    }

    [TestMethod]
    public void ATableByOutcome_HasARowOfUnfinishedPublishes()
    {
        using var store = new TestStore();
        store.Write(TestStore.Inference(1), TestStore.Success(2));

        ReportTable table = store.Report(new() { By = ["Outcome"], Measures = ["Publishes,Unfinished"] }).Table("by");

        Assert.AreSequenceEqual(["success 1 0", "unfinished 0 1"], table.Rows.Select(static row => string.Join(' ', row)));
    }

    [TestMethod]
    public void ATableOfGroups_WithoutUnfinishedPublishes_HasNoColumnForThem()
    {
        using var store = new TestStore();
        store.Write(TestStore.Success(1));

        Assert.DoesNotContain("Unfinished", store.Report(new() { By = ["Outcome"] }).Table("by").Columns.Select(static column => column.Id));
    }

    [TestMethod]
    public void AGate_CountsUnfinishedPublishes()
    {
        using var store = new TestStore();
        store.Write(TestStore.Inference(1), TestStore.Success(2));

        Assert.AreSequenceEqual(["Unfinished 1"], store.Report(new() { FailIf = "Unfinished>0" }).FailedBecause);
    }

    [TestMethod]
    public void APublishOfSeveralImages_ThatWasKilledAfterTheFirst_IsUnfinished()
    {
        using var store = new TestStore();
        store.Write(TestStore.Inference(1), TestStore.Success(1, ends: false));

        ReportResult report = store.Report();

        Assert.AreEqual(0, report.Publishes);
        Assert.AreEqual(1, report.Unfinished);
    }

    [TestMethod]
    [DataRow(59, 0, 1)]
    [DataRow(60, 1, 0)]
    [DataRow(61, 1, 0)]
    public void APublish_MayBeRunning_ForAnHourAfterItsLatestEvent(int minutes, int unfinished, int running)
    {
        using var store = new TestStore();
        store.Write(
            TestStore.Inference(1, time: TestStore.Now.AddHours(-5)),
            TestStore.Success(1, time: TestStore.Now - (minutes * Minute), ends: false));

        ReportResult report = store.Report();

        Assert.AreEqual(unfinished, report.Unfinished);
        Assert.AreEqual(running, report.Running);
    }

    [TestMethod]
    [DataRow(true, true, 9, 1)]
    [DataRow(true, false, 9, 0)]
    [DataRow(false, true, 9, 0)]
    [DataRow(true, true, 11, 0)]
    public void ALaterPublishOfTheSameProjectAndUser_MakesAnEarlierOneUnfinishedAtOnce(bool isSameUser, bool isSameProject, int beganMinutesAgo, int unfinished)
    {
        using var store = new TestStore();
        store.Write(
            Begun(TestStore.Now - (10 * Minute), user: 1, project: 1),
            Begun(TestStore.Now - (9 * Minute), isSameUser ? 1 : 2, isSameProject ? 1 : 2, began: TestStore.Now - (beganMinutesAgo * Minute)));

        ReportResult report = store.Report();

        Assert.AreEqual(unfinished, report.Unfinished);
        Assert.AreEqual(2 - unfinished, report.Running);
    }

    [TestMethod]
    public void APublishId_WhoseTimeIsBeyondTheLastYear_IsLaterThanAllOthers()
    {
        using var store = new TestStore();
        store.Write(
            Begun(TestStore.Now - (10 * Minute), user: 1, project: 1),
            Begun(TestStore.Now - (9 * Minute), user: 1, project: 1, publishId: new Guid("ffffffff-ffff-7fff-bfff-ffffffffffff")));

        Assert.AreEqual(2, store.Report().Unfinished);
    }

    [TestMethod]
    [DataRow(1, 2, 0)]
    [DataRow(2, 1, 1)]
    public void OfTwoPublishesAtTheSameTime_TheOneWithTheLowerIdIsTheFirst(int success, int failure, int retried)
    {
        string[] lines = [TestStore.Success(success, set: OfProject), TestStore.Failure(failure, set: OfProject)];
        using var store = new TestStore();
        using var other = new TestStore();
        store.Write(lines);
        other.Write([.. lines.Reverse()]);

        Assert.AreEqual(retried, store.Report(new() { Where = ["Retried=true"] }).Publishes);
        Assert.AreEqual(retried, other.Report(new() { Where = ["Retried=true"] }).Publishes);

        static void OfProject(ContainerEvent made) => made.Set(IdentityFields.ProjectId, TestStore.Id(0xB, 1).ToString("N"));
    }

    [TestMethod]
    public void WithoutUserAndProject_OnlyTheHourCounts()
    {
        using var store = new TestStore();
        store.Write(Begun(TestStore.Now - (10 * Minute), null, null), Begun(TestStore.Now - (9 * Minute), null, null));

        Assert.AreEqual(2, store.Report().Running);
    }

    [TestMethod]
    [DataRow("CiProvider=GitHubActions", 1)]
    [DataRow("CiProvider=GitLab", 0)]
    [DataRow("BaseImageTag=8.0", 1)]
    [DataRow("Outcome=success", 0)]
    [DataRow("Outcome=", 1)]
    [DataRow("Outcome=unfinished", 1)]
    [DataRow("Outcome!=unfinished", 0)]
    [DataRow("Outcome!=success", 1)]
    public void AnUnfinishedPublish_IsFilteredByTheFieldsOfItsEvents(string filter, int unfinished)
    {
        using var store = new TestStore();
        store.Write(
            TestStore.Inference(1, tag: "8.0", set: static made => made.Set(SurroundingsFields.CiProvider, "GitHubActions")),
            TestStore.Success(1, set: static made => made.Set(SurroundingsFields.CiProvider, "GitHubActions"), ends: false));

        Assert.AreEqual(unfinished, store.Report(new() { Where = [filter] }).Unfinished);
    }

    private static string Begun(DateTimeOffset time, int? user, int? project, DateTimeOffset? began = null, Guid? publishId = null)
    {
        var made = new ContainerEvent(EventNames.Inference);
        made.Set(DetailFields.Time, time);
        made.Set(DetailFields.EventId, Guid.CreateVersion7(time));
        made.Set(DetailFields.PublishId, publishId ?? Guid.CreateVersion7(began ?? time));
        if (user is { } userNumber && project is { } projectNumber)
        {
            made.Set(IdentityFields.AnonymousUserId, TestStore.Id(0xA, userNumber));
            made.Set(IdentityFields.ProjectId, TestStore.Id(0xB, projectNumber).ToString("N"));
        }

        return TestStore.Line(made);
    }
}
