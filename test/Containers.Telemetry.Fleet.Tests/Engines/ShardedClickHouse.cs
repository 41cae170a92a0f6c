using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;

namespace Containers.Telemetry.Fleet.Tests.Engines;

/// <summary>
/// Two servers as two shards on loopback: Debian's clickhouse-server, which is of 2018. It has no types of few values, no Map, no codecs and no retention,
/// so the tables are made without them, and it needs a front for the official client.
/// </summary>
internal sealed class ShardedClickHouse : IAsyncDisposable
{
    private const string Program = "/usr/sbin/clickhouse-server";
    private const string Database = "fleet";

    private readonly string _folder = Directory.CreateTempSubdirectory("containers-telemetry-shards-").FullName;
    private readonly int[] _http = [FreePort(), FreePort()];
    private readonly int[] _tcp = [FreePort(), FreePort()];
    private readonly Process?[] _servers = new Process?[2];
    private Process? _front;

    private ShardedClickHouse()
    {
    }

    public FleetConnection Connection { get; private set; } = null!;

    /// <summary>Starts both shards with empty tables; the test is inconclusive where the servers or Node.js cannot be had.</summary>
    public static async Task<ShardedClickHouse> StartAsync()
    {
        if (!File.Exists(Program))
        {
            Assert.Inconclusive("The shards need Debian's package clickhouse-server, and Node.js.");
        }

        var shards = new ShardedClickHouse();
        shards.StartShard(0);
        shards.StartShard(1);
        await shards.StartFrontAsync();
        await shards.CreateTablesAsync();
        return shards;
    }

    /// <summary>Ends a shard at once, as a machine that loses its power.</summary>
    public async Task KillShardAsync(int shard)
    {
        _servers[shard]!.Kill();
        await _servers[shard]!.WaitForExitAsync();
    }

    /// <summary>Starts a shard with the data that it had, and waits until it answers.</summary>
    public void StartShard(int shard)
    {
        string folder = Path.Combine(_folder, FormattableString.Invariant($"shard{shard}"));
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "config.xml"), Configuration(folder, shard));
        File.WriteAllText(Path.Combine(folder, "users.xml"), Users);
        _servers[shard] = Process.Start(new ProcessStartInfo(Program, [$"--config-file={Path.Combine(folder, "config.xml")}"]) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = folder });
        WaitUntilItAnswers(_http[shard]);
        WaitUntilItAnswers(_tcp[shard]);
    }

    public async ValueTask DisposeAsync()
    {
        Connection?.Dispose();
        foreach (Process server in _servers.Append(_front).OfType<Process>())
        {
            if (!server.HasExited)
            {
                server.Kill();
            }

            await server.WaitForExitAsync();
            server.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
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
          <path>{folder}/data/</path><tmp_path>{folder}/tmp/</tmp_path><user_files_path>{folder}/user/</user_files_path><format_schema_path>{folder}/formats/</format_schema_path>
          <users_config>users.xml</users_config><default_profile>default</default_profile><default_database>default</default_database>
          <mark_cache_size>10000000</mark_cache_size><timezone>UTC</timezone>
          <remote_servers><shards>{Shard(0)}{Shard(1)}</shards></remote_servers>
        </yandex>
        """);

    private string Shard(int shard) => string.Create(CultureInfo.InvariantCulture, $"<shard><internal_replication>true</internal_replication><replica><host>127.0.0.1</host><port>{_tcp[shard]}</port></replica></shard>");

    private async Task StartFrontAsync()
    {
        _front = Process.Start(new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "Engines", "old-clickhouse-front.mjs"), _http[0].ToString(CultureInfo.InvariantCulture)]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        string? port = await _front.StandardOutput.ReadLineAsync();
        Connection = new FleetConnection(new FleetAddress("127.0.0.1", int.Parse(port!, CultureInfo.InvariantCulture), Database, false), new FleetCredentials("default", ""));
    }

    private async Task CreateTablesAsync()
    {
        using var client = new HttpClient();
        foreach (int port in _http)
        {
            foreach (string statement in FleetSchema.Tables.SelectMany(TablesOf).Prepend($"CREATE DATABASE {Database}"))
            {
                using HttpResponseMessage response = await client.PostAsync(new Uri(FormattableString.Invariant($"http://127.0.0.1:{port}/")), new StringContent(statement));
                Assert.IsTrue(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
            }
        }
    }

    private static IEnumerable<string> TablesOf(FleetTable table)
    {
        string columns = string.Join(", ", table.Columns.Where(static column => !column.Clauses.Contains("ALIAS", StringComparison.Ordinal)).Select(static column =>
            $"{column.Name} {column.Type.Replace("LowCardinality(String)", "String", StringComparison.Ordinal)}{(column.Clauses.Contains("now()", StringComparison.Ordinal) ? " DEFAULT now()" : "")}"));
        yield return $"CREATE TABLE {Database}.{table.Name}_local ({columns}) ENGINE = ReplacingMergeTree({table.Version}) PARTITION BY {table.PartitionBy} ORDER BY {table.OrderBy}";
        yield return $"CREATE TABLE {Database}.{table.Name} AS {Database}.{table.Name}_local ENGINE = Distributed(shards, {Database}, {table.Name}_local, {table.ShardBy})";
    }

    private static void WaitUntilItAnswers(int port)
    {
        while (true)
        {
            try
            {
                using var client = new TcpClient("127.0.0.1", port);
                return;
            }
            catch (SocketException)
            {
                Thread.Sleep(50);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
