using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Rendering;
using Containers.Telemetry.Reports.Rows;
using Containers.Telemetry.StoreGenerator;

namespace Containers.Telemetry.Reports.Tests;

/// <summary>The rows that the page filters. ReportPageTests compares the figures that result from them.</summary>
[TestClass]
public sealed class PublishRowsTests
{
    /// <summary>200,000 publishes take at most five megabytes.</summary>
    private const int MostBytesOfPublish = 25;

    [TestMethod]
    public void Rows_AreThePublishesOfTheReport_WithAllThatItGroupsBy()
    {
        using var store = new TestStore();
        GeneratedStore.Write(store.Folder, publishes: 2_000, seed: 3);

        ReportResult report = Filterable(store);

        PublishRows rows = report.Rows!;
        Assert.IsGreaterThan(0, report.Unfinished);
        Assert.AreEqual(report.Publishes + report.Unfinished, rows.Count);
        foreach (string id in (string[])
            ["Time", "Outcome", "Error", "PullType", "PushType", "Registry", "CiProvider", "TargetRuntime", "FeaturesUsed", "Invocation", "OSFamily"])
        {
            Assert.ContainsSingle(axis => axis.Id == id, rows.Axes);
        }

        Assert.Contains("Duration", rows.Numbers);
        Assert.Contains("ImageSize", rows.Numbers);
    }

    [TestMethod]
    public void Rows_AreAlsoThoseOfThePeriodBefore()
    {
        using var store = new TestStore();
        GeneratedStore.Write(store.Folder, publishes: 500, seed: 3);

        ReportResult report = Filterable(store, since: "90d");

        Assert.IsGreaterThan(report.Publishes, report.Rows!.Count);
        Assert.IsLessThan(500, report.Rows.Count);
    }

    [TestMethod]
    public void Rows_AreSmall()
    {
        using var store = new TestStore();
        GeneratedStore.Write(store.Folder, publishes: 5_000, seed: 3);
        using var json = new MemoryStream();

        RowsJson.Write(Filterable(store).Rows, json);

        Assert.IsLessThan(5_000 * MostBytesOfPublish, json.Length);
    }

    [TestMethod]
    public void AReportThatNobodyFilters_HasNoRows()
    {
        using var store = new TestStore();
        store.Write(TestStore.Success(1));

        Assert.IsNull(store.Report().Rows);
    }

    private static ReportResult Filterable(TestStore store, string? since = null)
    {
        Assert.IsEmpty(ReportQuery.Parse(new() { Since = since }, TestStore.Now, out ReportQuery query));
        return Report.Run([store.Folder], query with { IsFilterable = true }, null, TestStore.Now);
    }
}
