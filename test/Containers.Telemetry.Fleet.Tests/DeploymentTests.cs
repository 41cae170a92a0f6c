using System.Text.Json;
using System.Text.RegularExpressions;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Reports.Tests;

namespace Containers.Telemetry.Fleet.Tests;

/// <summary>The queries of the dashboard and of the alert rules run on ClickHouse.</summary>
[TestClass]
public sealed partial class DeploymentTests
{
    private static readonly Lazy<Task<FleetConnection>> Stage = new(PrepareAsync);

    public static IEnumerable<object[]> Queries => Dashboard().Concat(Alerts()).Select(static query => new object[] { query.Title, query.Sql });

    [ClassCleanup]
    public static async Task CleanUpAsync()
    {
        if (Stage.IsValueCreated)
        {
            (await Stage.Value).Dispose();
        }
    }

    [TestMethod]
    [DynamicData(nameof(Queries))]
    public async Task A_query_returns_rows(string title, string sql)
    {
        FleetConnection fleet = await Stage.Value;
        string runnable = TimeFilter().Replace(TimeInterval().Replace(sql, "toStartOfInterval($1, INTERVAL 1 DAY)"), "$1 >= toDateTime(0)")
            .Replace("container_publishes", fleet.Address.Database + ".container_publishes", StringComparison.Ordinal);

        Assert.IsNotEmpty(await fleet.QueryAsync(runnable, default), title);
    }

    private static async Task<FleetConnection> PrepareAsync()
    {
        FleetConnection fleet = await FleetFixture.NewFleetAsync();
        using var store = new TestStore();
        DisturbedStore.Write(store.Folder, publishes: 200, seed: 2);
        await FleetFixture.ImportAsync(fleet, store.Folder);
        return fleet;
    }

    private static IEnumerable<(string Title, string Sql)> Dashboard()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(PathOf("dashboard.json")));
        return [.. document.RootElement.GetProperty("panels").EnumerateArray().Select(static panel => (panel.GetProperty("title").GetString()!, panel.GetProperty("targets")[0].GetProperty("rawSql").GetString()!))];
    }

    private static IEnumerable<(string Title, string Sql)> Alerts() =>
        RawSql().Matches(File.ReadAllText(PathOf("alerts.yaml"))).Select(static (match, i) => (FormattableString.Invariant($"alert {i}"), match.Groups[1].Value));

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "grafana", file);

    [GeneratedRegex(@"\$__timeFilter\((\w+)\)")]
    private static partial Regex TimeFilter();

    [GeneratedRegex(@"\$__timeInterval\((\w+)\)")]
    private static partial Regex TimeInterval();

    [GeneratedRegex(@"rawSql: (.+)")]
    private static partial Regex RawSql();
}
