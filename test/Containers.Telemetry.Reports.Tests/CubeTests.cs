using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Cube;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.StoreGenerator;

namespace Containers.Telemetry.Reports.Tests;

[TestClass]
public sealed class CubeTests
{
    [TestMethod]
    public void Cells_HaveEachPublishOnce_WhateverItsValues()
    {
        using var store = new TestStore();
        GeneratedStore.Write(store.Folder, publishes: 500, seed: 3);

        ReportResult report = Filterable(store);

        PublishCube cube = report.Cube!;
        Assert.AreEqual(report.Publishes, cube.Cells.Sum(static cell => cell.Succeeded + cell.Failed + cell.Canceled));
        Assert.AreEqual(report.Table("success-rate").Cell("Failed"), cube.Cells.Sum(static cell => cell.Failed));
        Assert.IsEmpty(cube.LeftOut);
        foreach (string id in new[] { "Time", "Error", "PullType", "PushType", "Registry", "CiProvider", "TargetRuntime", "FeaturesUsed" })
        {
            Assert.ContainsSingle(axis => axis.Id == id, cube.Axes);
        }
    }

    [TestMethod]
    public void TooManyCombinations_LeaveOutTheLastAxes_AndNoPublish()
    {
        using var store = new TestStore();
        store.Write(
        [
            .. Enumerable.Range(1, PublishCube.MaxCells + 1).Select(static publish =>
                TestStore.Success(publish, set: made => made.Set(IdentityFields.AnonymousUserId, TestStore.Id(0xA, publish)))),
        ]);

        PublishCube cube = Filterable(store, IdentityFields.AnonymousUserId.Name).Cube!;

        CollectionAssert.AreEqual(new[] { "Time" }, cube.Axes.Select(static axis => axis.Id).ToArray());
        Assert.Contains(IdentityFields.AnonymousUserId.Name, cube.LeftOut);
        Assert.AreEqual(PublishCube.MaxCells + 1, cube.Cells.Sum(static cell => cell.Succeeded));
    }

    [TestMethod]
    public void AReportThatNobodyFilters_HasNoCube()
    {
        using var store = new TestStore();
        store.Write(TestStore.Success(1));

        Assert.IsNull(store.Report().Cube);
    }

    private static ReportResult Filterable(TestStore store, params string[] by)
    {
        Assert.IsEmpty(ReportQuery.Parse(new() { By = by }, TestStore.Now, out ReportQuery query));
        return Report.Run([store.Folder], query with { IsFilterable = true }, null, TestStore.Now);
    }
}
