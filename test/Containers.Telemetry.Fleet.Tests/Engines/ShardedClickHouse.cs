using System.Diagnostics;
using System.Globalization;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Fleet.Tests.Engines;

/// <summary>
/// Two servers on loopback as two shards: Debian's clickhouse-server of 2018. This version lacks LowCardinality types, Map, codecs and retention, so
/// the tables are created without them, and the official client needs a proxy in front of it.
/// </summary>
internal sealed class ShardedClickHouse : IAsyncDisposable
{
    private const string Program = "/usr/sbin/clickhouse-server";
    private const string Database = "fleet";

    private readonly TemporaryFolder _folder = new();
    private readonly int[] _http = [LoopbackPort.Free(), LoopbackPort.Free()];
    private readonly int[] _tcp = [LoopbackPort.Free(), LoopbackPort.Free()];
    private readonly EngineProcess?[] _servers = new EngineProcess?[2];
    private EngineProcess? _front;

    private ShardedClickHouse()
    {
    }

    public FleetConnection Connection { get; private set; } = null!;

    /// <summary>Starts both shards with empty tables; the test is inconclusive without the server program or Node.js.</summary>
    public static async Task<ShardedClickHouse> StartAsync()
    {
        if (!File.Exists(Program))
        {
            Assert.Inconclusive("The shards need Debian's package clickhouse-server, and Node.js.");
        }

        var shards = new ShardedClickHouse();
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
        foreach (EngineProcess server in _servers.Append(_front).OfType<EngineProcess>())
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
          <path>{folder}/data/</path><tmp_path>{folder}/tmp/</tmp_path>
          <user_files_path>{folder}/user/</user_files_path><format_schema_path>{folder}/formats/</format_schema_path>
          <users_config>users.xml</users_config><default_profile>default</default_profile><default_database>default</default_database>
          <mark_cache_size>10000000</mark_cache_size><timezone>UTC</timezone>
          <remote_servers><shards>{Shard(0)}{Shard(1)}</shards></remote_servers>
        </yandex>
        """);

    private string Shard(int shard) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"<shard><internal_replication>true</internal_replication><replica><host>127.0.0.1</host><port>{_tcp[shard]}</port></replica></shard>");

    private async Task StartFrontAsync()
    {
        _front = new EngineProcess(
            NodeProject.OrInconclusive("Engines").Start("old-clickhouse-front.mjs", [_http[0].ToString(CultureInfo.InvariantCulture)], []));
        Connection = new FleetConnection(new FleetAddress("127.0.0.1", await _front.PortAsync(), Database, false), new FleetCredentials("default", ""));
    }

    private async Task CreateTablesAsync()
    {
        using var client = new HttpClient();
        foreach (int port in _http)
        {
            foreach (string statement in FleetSchema.Tables.SelectMany(TablesOf).Prepend($"CREATE DATABASE {Database}"))
            {
                using HttpResponseMessage response = await client.PostAsync(
                    new Uri(FormattableString.Invariant($"http://127.0.0.1:{port}/")), new StringContent(statement));
                Assert.IsTrue(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
            }
        }
    }

    private static IEnumerable<string> TablesOf(FleetTable table)
    {
        string columns = string.Join(", ", table.Columns.Where(static column => column.IsStored).Select(static column =>
            $"{column.Name} {column.Type.Replace("LowCardinality(String)", "String", StringComparison.Ordinal)}"
            + (column.Clauses.Contains("now()", StringComparison.Ordinal) ? " DEFAULT now()" : "")));
        yield return $"CREATE TABLE {Database}.{table.Name}_local ({columns}) ENGINE = ReplacingMergeTree({table.Version}) "
            + $"PARTITION BY {table.PartitionBy} ORDER BY {table.OrderBy}";
        yield return $"CREATE TABLE {Database}.{table.Name} AS {Database}.{table.Name}_local "
            + $"ENGINE = Distributed(shards, {Database}, {table.Name}_local, {table.ShardBy})";
    }
}
