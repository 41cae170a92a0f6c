using System.Globalization;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Reports;
using Containers.Telemetry.Fleet.Tests.Engines;
using Containers.Telemetry.Reports.Datasets;
using Containers.Telemetry.Reports.Rendering;
using Containers.Telemetry.Reports.Tests;
using Containers.Telemetry.StoreGenerator;

namespace Containers.Telemetry.Fleet.Tests;

/// <summary>The dataset of a fleet equals the dataset of files with the same events, byte for byte.</summary>
[TestClass]
public sealed class FleetDatasetTests
{
    private static readonly Quarter Summer = new(2026, 3);

    // A test's store is small, so it gets rows only with a privacy budget that is too large for real use.
    private static readonly PrivacyBudget Large = new(PrivacyBudget.MaxEpsilon, PrivacyBudget.MaxDelta);
    private static readonly byte[] Secret = "a secret of the tests, not of a store"u8.ToArray();
    private static readonly Lazy<Task<(TestStore Store, FleetConnection Fleet)>> Stage = new(PrepareAsync);

    [ClassCleanup]
    public static async Task CleanUpAsync()
    {
        if (Stage.IsValueCreated)
        {
            (TestStore store, FleetConnection fleet) = await Stage.Value;
            store.Dispose();
            fleet.Dispose();
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task The_dataset_of_a_fleet_is_the_dataset_of_the_files(bool isUnfinished)
    {
        (TestStore store, FleetConnection fleet) = await Stage.Value;

        AssertEqual(new DatasetMaker(Secret).Make([store.Folder], Summer, isUnfinished, Large), FleetDataset.Make(fleet, Secret, Summer, isUnfinished, Large));
    }

    [TestMethod]
    public async Task A_quarter_queried_in_parts_has_the_same_dataset()
    {
        (_, FleetConnection fleet) = await Stage.Value;

        var parts = new FleetDatasetSource(fleet, Summer, publishesOfPart: 100);

        AssertEqual(
            FleetDataset.Make(fleet, Secret, Summer, isUnfinished: false, Large), new DatasetMaker(Secret).Make(parts, Summer, isUnfinished: false, Large));
    }

    [TestMethod]
    public async Task The_command_writes_the_file_of_the_store_and_keeps_it_apart()
    {
        using FleetConnection fleet = await FleetFixture.NewFleetAsync();
        using var tool = new FleetTool();
        using var store = new TestStore();
        GeneratedStore.Write(store.Folder, publishes: 4000, seed: 3);
        await FleetFixture.ImportAsync(fleet, store.Folder);
        Assert.AreEqual(0, (await tool.RunAsync("import", store.Folder, "--store", "local")).ExitCode);
        string[] question = ["export-dataset", "--quarter", "2026Q3", "--epsilon", "10", "--delta", "0.001", "--store", "local"];
        string[] source = ["--source", fleet.Address.ToString()];

        (int exitCode, string output, string notes) = await tool.RunAsync([.. question, "-o", "store.tsv"]);
        Assert.AreEqual(0, exitCode, notes);
        Assert.AreEqual(
            (0, output.Replace("store.tsv", "fleet.tsv", StringComparison.Ordinal), notes), await tool.RunAsync([.. question, .. source, "-o", "fleet.tsv"]));
        Assert.AreEqual(FileOf(tool, "store.tsv"), FileOf(tool, "fleet.tsv"));

        await fleet.ExecuteAsync($"TRUNCATE TABLE {fleet.Address.Database}.container_publishes", default);
        (exitCode, string json, notes) = await tool.RunAsync([.. question, .. source, "--json", "-o", "-"]);
        Assert.AreEqual(0, exitCode);
        StringAssert.Contains(json, "\"2026Q3\"");
        StringAssert.Contains(notes, "This dataset was made earlier.");
        (exitCode, _, notes) = await tool.RunAsync(["export-dataset", "--quarter", "2026Q3", "--store", "local", "-o", "other.tsv", .. source]);
        Assert.AreEqual(3, exitCode);
        StringAssert.Contains(notes, "2026Q3 has a dataset of --epsilon 10 --delta 0.001 already");
        (exitCode, _, notes) = await tool.RunAsync(
            "export-dataset", "--quarter", "2026Q2", "--store", "local", "--source", "clickhouse://127.0.0.1:9/fleet", "-o", "other.tsv");
        Assert.AreEqual((3, 1), (exitCode, notes.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.IsFalse(File.Exists(Path.Combine(tool.Folder, "other.tsv")));
    }

    /// <summary>Compares two datasets and the statements about them.</summary>
    internal static void AssertEqual(DatasetDraft files, DatasetDraft fleet)
    {
        Assert.IsNotEmpty(files.Release.Rows);
        Assert.AreEqual(TextOf(files.Release), TextOf(fleet.Release));
        Assert.AreEqual(
            (files.AsTheyAre, files.Generalized, files.Withheld, files.WithoutUser), (fleet.AsTheyAre, fleet.Generalized, fleet.Withheld, fleet.WithoutUser));
    }

    private static async Task<(TestStore Store, FleetConnection Fleet)> PrepareAsync()
    {
        FleetConnection fleet = await FleetFixture.NewFleetAsync();
        var store = new TestStore();
        DisturbedStore.Write(store.Folder, publishes: 6000, seed: 3);
        await FleetFixture.ImportAsync(fleet, store.Folder);
        return (store, fleet);
    }

    private static string TextOf(DatasetRelease release)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        TsvRenderer.Write([release.ToTable()], text);
        return text.ToString();
    }

    private static string FileOf(FleetTool tool, string name) => File.ReadAllText(Path.Combine(tool.Folder, name));
}
