using System.Text.Json;
using System.Text.RegularExpressions;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Reports.Tests;
using YamlDotNet.Serialization;

namespace Containers.Telemetry.Fleet.Tests;

/// <summary>Runs the queries of the dashboard and of the alert rules on ClickHouse, and checks the names in the pipelines of the Collector.</summary>
[TestClass]
public sealed partial class DeploymentTests
{
    private static readonly Lazy<Task<FleetConnection>> Stage = new(PrepareAsync);

    public static IEnumerable<object[]> Queries => Dashboard().Concat(Alerts()).Select(static query => new object[] { query.Title, query.Sql });

    public static IEnumerable<object[]> Collectors =>
        Directory.EnumerateFiles(PathOf("collector")).Select(static file => new object[] { Path.GetFileName(file) });

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
    public async Task Each_query_of_the_deployment_returns_rows(string title, string sql)
    {
        FleetConnection fleet = await Stage.Value;
        string runnable = TimeFilter().Replace(TimeInterval().Replace(sql, "toStartOfInterval($1, INTERVAL 1 DAY)"), "$1 >= toDateTime(0)")
            .Replace("container_publishes", fleet.Address.Database + ".container_publishes", StringComparison.Ordinal);

        Assert.IsNotEmpty(await fleet.QueryAsync(runnable, default), title);
    }

    [TestMethod]
    [DynamicData(nameof(Collectors))]
    public void Pipelines_use_every_configured_component_and_no_other(string file)
    {
        Dictionary<object, object> configuration = Yaml(Path.Combine("collector", file));
        Dictionary<object, object> service = Map(configuration["service"]);
        Dictionary<object, object>[] pipelines = [.. Map(service["pipelines"]).Values.Select(Map)];

        foreach (string kind in (string[])["receivers", "processors", "exporters"])
        {
            AssertSame(Keys(configuration, kind), pipelines.SelectMany(pipeline => (List<object>)pipeline[kind]));
        }

        AssertSame(Keys(configuration, "extensions"), (List<object>)service.GetValueOrDefault("extensions", new List<object>()));
        IEnumerable<Dictionary<object, object>> exporters = Map(configuration["exporters"]).Values.Select(Map);
        foreach (Dictionary<object, object> exporter in exporters.Where(static exporter => exporter.ContainsKey("sending_queue")))
        {
            Assert.Contains(Map(exporter["sending_queue"])["storage"], Keys(configuration, "extensions"));
        }
    }

    [TestMethod]
    public void The_compose_file_mounts_files_that_are_there_and_declares_its_volumes()
    {
        Dictionary<object, object> compose = Yaml("compose.yaml");
        string[] sources =
        [
            .. Map(compose["services"]).Values
                .SelectMany(static service => (List<object>)Map(service)["volumes"])
                .Select(static volume => ((string)volume).Split(':')[0]),
        ];

        AssertSame(Keys(compose, "volumes"), sources.Where(static source => !source.StartsWith('.')));
        string[] files = [.. sources.Where(static source => source.StartsWith('.'))];
        Assert.IsNotEmpty(files);
        Assert.IsEmpty(files.Where(static file => !File.Exists(PathOf(file))));
    }

    private static void AssertSame(IEnumerable<object> configured, IEnumerable<object> named) =>
        Assert.AreSequenceEqual(configured.Cast<string>().Order(StringComparer.Ordinal), named.Cast<string>().Distinct().Order(StringComparer.Ordinal));

    private static object[] Keys(Dictionary<object, object> map, string name) => map.TryGetValue(name, out object? part) ? [.. Map(part).Keys] : [];

    private static Dictionary<object, object> Map(object node) => (Dictionary<object, object>)node;

    private static Dictionary<object, object> Yaml(string file) =>
        new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(File.ReadAllText(PathOf(file)));

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
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(PathOf(Path.Combine("grafana", "dashboard.json"))));
        return
        [
            .. document.RootElement.GetProperty("panels").EnumerateArray()
                .Select(static panel => (panel.GetProperty("title").GetString()!, panel.GetProperty("targets")[0].GetProperty("rawSql").GetString()!)),
        ];
    }

    private static IEnumerable<(string Title, string Sql)> Alerts() =>
        from rule in ((List<object>)Map(((List<object>)Yaml(Path.Combine("grafana", "alerts.yaml"))["groups"])[0])["rules"]).Select(Map)
        from query in ((List<object>)rule["data"]).Select(static query => Map(Map(query)["model"]))
        where query.ContainsKey("rawSql")
        select ((string)rule["title"], (string)query["rawSql"]);

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "deploy", file);

    [GeneratedRegex(@"\$__timeFilter\((\w+)\)")]
    private static partial Regex TimeFilter();

    [GeneratedRegex(@"\$__timeInterval\((\w+)\)")]
    private static partial Regex TimeInterval();
}
