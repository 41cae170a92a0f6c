using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Fleet.Tests.Engines;

/// <summary>
/// Two servers on loopback as two shards: Debian's clickhouse-server of 2018, with Debian's ZooKeeper. The statements of <c>fleet init --cluster</c>
/// create the tables, replicated and by the queue of ON CLUSTER. This version lacks LowCardinality types, Map, codecs, indexes and retention, so they
/// are left out of the statements, and the official client needs a proxy in front of it.
/// </summary>
internal sealed partial class ShardedClickHouse : IAsyncDisposable
{
    private const string Program = "/usr/sbin/clickhouse-server";
    private const string ZooKeeperJar = "/usr/share/java/zookeeper.jar";
    private const string Database = "fleet";
    private const string Cluster = "shards";

    private readonly TemporaryFolder _folder = new();
    private readonly int[] _http = [LoopbackPort.Free(), LoopbackPort.Free()];
    private readonly int[] _tcp = [LoopbackPort.Free(), LoopbackPort.Free()];
    private readonly int[] _replication = [LoopbackPort.Free(), LoopbackPort.Free()];
    private readonly int _zooKeeperPort = LoopbackPort.Free();
    private readonly EngineProcess?[] _servers = new EngineProcess?[2];
    private EngineProcess? _zooKeeper;
    private EngineProcess? _front;

    private ShardedClickHouse()
    {
    }

    public FleetConnection Connection { get; private set; } = null!;

    /// <summary>Starts both shards with empty tables; the test is inconclusive without the server program or Node.js.</summary>
    public static async Task<ShardedClickHouse> StartAsync()
    {
        if (!File.Exists(Program) || !File.Exists(ZooKeeperJar) || ProgramOnPath.Find("java") is null)
        {
            Assert.Inconclusive("The shards need Debian's packages clickhouse-server, zookeeper and default-jre-headless, and Node.js.");
        }

        var shards = new ShardedClickHouse();
        await shards.StartZooKeeperAsync();
        await shards.StartShardAsync(0);
        await shards.StartShardAsync(1);
        await shards.StartFrontAsync();
        await shards.CreateTablesAsync();
        return shards;
    }

    /// <summary>Kills a shard, as in a power failure.</summary>
    public async Task KillShardAsync(int shard)
    {
        await _servers[shard]!.DisposeAsync();
        _servers[shard] = null;
    }

    /// <summary>Restarts a shard with its data, and waits until it answers.</summary>
    public async Task StartShardAsync(int shard)
    {
        string folder = _folder.Combine(FormattableString.Invariant($"shard{shard}"));
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "config.xml"), Configuration(folder, shard));
        File.WriteAllText(Path.Combine(folder, "users.xml"), Users);
        var start = new ProcessStartInfo(Program, [$"--config-file={Path.Combine(folder, "config.xml")}"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
        };
        var server = new EngineProcess(Process.Start(start)!);
        _servers[shard] = server;
        await server.ListensAsync(_http[shard]);
        await server.ListensAsync(_tcp[shard]);
    }

    public async ValueTask DisposeAsync()
    {
        Connection?.Dispose();
        foreach (EngineProcess server in _servers.Append(_front).Append(_zooKeeper).OfType<EngineProcess>())
        {
            await server.DisposeAsync();
        }

        _folder.Dispose();
    }

    private const string Users = """
        <yandex>
          <profiles><default><skip_unavailable_shards>1</skip_unavailable_shards></default></profiles>
          <users><default><password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users>
          <quotas><default></default></quotas>
        </yandex>
        """;

    private string Configuration(string folder, int shard) => string.Create(CultureInfo.InvariantCulture, $"""
        <yandex>
          <logger><level>error</level><log>{folder}/log</log><errorlog>{folder}/errors</errorlog></logger>
          <listen_host>127.0.0.1</listen_host><http_port>{_http[shard]}</http_port><tcp_port>{_tcp[shard]}</tcp_port>
          <interserver_http_host>127.0.0.1</interserver_http_host><interserver_http_port>{_replication[shard]}</interserver_http_port>
          <zookeeper><node><host>127.0.0.1</host><port>{_zooKeeperPort}</port></node></zookeeper>
          <macros><shard>{shard + 1}</shard><replica>first</replica></macros>
          <distributed_ddl><path>/clickhouse/task_queue/ddl</path></distributed_ddl>
          <path>{folder}/data/</path><tmp_path>{folder}/tmp/</tmp_path>
          <user_files_path>{folder}/user/</user_files_path><format_schema_path>{folder}/formats/</format_schema_path>
          <users_config>users.xml</users_config><default_profile>default</default_profile><default_database>default</default_database>
          <mark_cache_size>10000000</mark_cache_size><timezone>UTC</timezone>
          <remote_servers><{Cluster}>{Shard(0)}{Shard(1)}</{Cluster}></remote_servers>
        </yandex>
        """);

    private string Shard(int shard) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"<shard><internal_replication>true</internal_replication><replica><host>127.0.0.1</host><port>{_tcp[shard]}</port></replica></shard>");

    private async Task StartZooKeeperAsync()
    {
        string folder = Directory.CreateDirectory(_folder.Combine("zookeeper")).FullName;
        string configuration = Path.Combine(folder, "zoo.cfg");
        File.WriteAllText(configuration, string.Create(
            CultureInfo.InvariantCulture,
            $"dataDir={folder}/data\nclientPort={_zooKeeperPort}\nclientPortAddress=127.0.0.1\nadmin.enableServer=false\ntickTime=2000\n"));
        string[] arguments =
        [
            "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", $"{Path.GetDirectoryName(ZooKeeperJar)}/*",
            "org.apache.zookeeper.server.quorum.QuorumPeerMain", configuration,
        ];
        _zooKeeper = new EngineProcess(Process.Start(new ProcessStartInfo("java", arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
        })!);
        await _zooKeeper.ListensAsync(_zooKeeperPort);
    }

    private async Task StartFrontAsync()
    {
        _front = new EngineProcess(
            NodeProject.OrInconclusive("Engines").Start("old-clickhouse-front.mjs", [_http[0].ToString(CultureInfo.InvariantCulture)], []));
        Connection = new FleetConnection(new FleetAddress("127.0.0.1", await _front.PortAsync(), Database, false), new FleetCredentials("default", ""));
    }

    private async Task CreateTablesAsync()
    {
        await ExecuteAsync(0, $"CREATE DATABASE {Database} ON CLUSTER {Cluster}");
        await RunInitAsync();
    }

    /// <summary>Runs the statements of <c>fleet init --cluster</c> for the tables of data.</summary>
    public async Task RunInitAsync()
    {
        foreach (string statement in FleetSchema.Tables.SelectMany(static table => table.Create(new FleetLayout(Database, Cluster))))
        {
            await ExecuteAsync(0, WithoutNewerParts(statement));
        }
    }

    /// <summary>Runs a statement on one shard, and returns its answer.</summary>
    public async Task<string> ExecuteAsync(int shard, string statement)
    {
        using var client = new HttpClient();
        using HttpResponseMessage response = await client.PostAsync(
            new Uri(FormattableString.Invariant($"http://127.0.0.1:{_http[shard]}/")), new StringContent(statement));
        string answer = await response.Content.ReadAsStringAsync();
        Assert.IsTrue(response.IsSuccessStatusCode, answer);
        return answer.TrimEnd();
    }

    private static string WithoutNewerParts(string statement)
    {
        IEnumerable<string> lines = statement.Split('\n').Where(static line => !NewerLine().IsMatch(line)).Select(static line =>
            Codec().Replace(line, "").Replace("LowCardinality(String)", "String", StringComparison.Ordinal));
        return string.Join('\n', lines).Replace(",\n)", "\n)", StringComparison.Ordinal);
    }

    [GeneratedRegex(@" ALIAS |^ +INDEX |^TTL |^SETTINGS ")]
    private static partial Regex NewerLine();

    [GeneratedRegex(@" CODEC\(.*\)(?=,?$)")]
    private static partial Regex Codec();
}
