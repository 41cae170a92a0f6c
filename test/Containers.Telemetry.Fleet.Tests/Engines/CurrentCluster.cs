using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Fleet.Tests.Engines;

/// <summary>
/// Two servers of a current ClickHouse on loopback, each a shard of the cluster <c>main</c>. The library of the npm package chdb contains the listeners
/// of a server, which a small program in C starts. A proxy stands for the queue of ON CLUSTER.
/// </summary>
internal sealed class CurrentCluster : IAsyncDisposable
{
    public const string Name = "main";

    private const string Program = """
        #include <dlfcn.h>
        #include <stdio.h>

        int main(int count, char **arguments)
        {
            void *library = dlopen(arguments[count - 1], RTLD_LAZY | RTLD_LOCAL);
            void *(*run)(int, char **) = library ? dlsym(library, "chdb_query_cmdline") : 0;
            if (!run) { fprintf(stderr, "%s\n", dlerror()); return 1; }
            run(count - 1, arguments);
            return 0;
        }
        """;

    // The permissions of the documented user, and of users whom something forbids a part.
    private static string Users => $"""
        <clickhouse>
          <profiles>
            <default><skip_unavailable_shards>1</skip_unavailable_shards></default>
            <strict><readonly>1</readonly></strict><reading><readonly>2</readonly></reading>
          </profiles>
          <quotas><default/><few><interval><duration>3600</duration><queries>1</queries></interval></few></quotas>
          <users>
            {User("default")}{User("documented", DocumentedGrants)}{User("reader", ["GRANT SELECT ON *.*"])}{User("stranger", ["GRANT SELECT ON other.*"])}
            {User("strict", profile: "strict")}{User("reading", profile: "reading")}{User("few", quota: "few")}
          </users>
        </clickhouse>
        """;

    private static string[] DocumentedGrants =>
    [
        .. File.ReadAllLines(Path.Combine(Repository.Root, "docs", "fleet.md")).Select(static line => line.Trim())
            .Where(static line => line.StartsWith("GRANT ", StringComparison.Ordinal) && line.EndsWith(" TO telemetry;", StringComparison.Ordinal))
            .Select(static line => line.Replace(" TO telemetry;", "", StringComparison.Ordinal)),
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly int[] _http = [LoopbackPort.Free(), LoopbackPort.Free()];
    private readonly int[] _tcp = [LoopbackPort.Free(), LoopbackPort.Free()];
    private readonly EngineProcess?[] _servers = new EngineProcess?[2];
    private readonly NodeProject _project = NodeProject.OrInconclusive("Engines");
    private EngineProcess? _front;
    private int _port;

    private CurrentCluster()
    {
    }

    /// <summary>The port of the native protocol of the first server.</summary>
    public int NativePort => _tcp[0];

    private string Library => Path.Combine(_project.Folder, "node_modules", "@chdb", "lib-linux-x64-gnu", "libchdb.so");

    /// <summary>Starts both servers; the test is inconclusive without Node.js, the engine's package or a C compiler.</summary>
    public static async Task<CurrentCluster> StartAsync()
    {
        var cluster = new CurrentCluster();
        if (!File.Exists(cluster.Library))
        {
            Assert.Inconclusive("The npm package chdb has no version for this system.");
        }

        cluster.Compile();
        await Task.WhenAll(cluster.StartServerAsync(0), cluster.StartServerAsync(1));
        string[] ports = Array.ConvertAll(cluster._http, static port => port.ToString(CultureInfo.InvariantCulture));
        cluster._front = new EngineProcess(cluster._project.Start("cluster-front.mjs", ports, []));
        cluster._port = await cluster._front.PortAsync();
        return cluster;
    }

    /// <summary>Connects to the cluster by its first server, and creates the database on both.</summary>
    public async Task<FleetConnection> ConnectAsync(string database, string user = "default")
    {
        for (int server = 0; server < _http.Length; server++)
        {
            await ExecuteAsync(server, $"CREATE DATABASE IF NOT EXISTS {database}");
        }

        return new FleetConnection(new FleetAddress("127.0.0.1", _port, database, false), new FleetCredentials(user, ""));
    }

    /// <summary>Runs a statement on one server alone.</summary>
    public async Task<string> ExecuteAsync(int server, string statement)
    {
        using var client = new HttpClient();
        using HttpResponseMessage response = await client.PostAsync(
            new Uri(FormattableString.Invariant($"http://127.0.0.1:{_http[server]}/")), new StringContent(statement));
        string answer = await response.Content.ReadAsStringAsync();
        Assert.IsTrue(response.IsSuccessStatusCode, answer);
        return answer.TrimEnd();
    }

    /// <summary>Kills a server, as in a power failure.</summary>
    public async Task KillServerAsync(int server)
    {
        await _servers[server]!.DisposeAsync();
        _servers[server] = null;
    }

    /// <summary>Starts a server, with its data if it ran before.</summary>
    public async Task StartServerAsync(int server)
    {
        string folder = Directory.CreateDirectory(_folder.Combine(FormattableString.Invariant($"server{server}"))).FullName;
        string configuration = Path.Combine(folder, "config.xml");
        File.WriteAllText(Path.Combine(folder, "users.xml"), Users);
        File.WriteAllText(configuration, $"""
            <clickhouse>
              <user_directories><users_xml><path>{folder}/users.xml</path></users_xml></user_directories>
              <remote_servers><{Name}>{Shard(0)}{Shard(1)}</{Name}></remote_servers>
            </clickhouse>
            """);
        string[] arguments =
        [
            $"--config-file={configuration}", $"--path={folder}/data", "--listen_host=127.0.0.1",
            FormattableString.Invariant($"--tcp_port={_tcp[server]}"), FormattableString.Invariant($"--http_port={_http[server]}"),
            // Reads the input of the process, so that the server ends with the tests.
            "--query=SYSTEM START LISTEN HTTP; SYSTEM START LISTEN TCP; SELECT count() FROM file(stdin, 'LineAsString')", Library,
        ];
        var process = new EngineProcess(Process.Start(new ProcessStartInfo(_folder.Combine("server"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        })!);
        _servers[server] = process;
        await process.ListensAsync(_http[server]);
        await process.ListensAsync(_tcp[server]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (EngineProcess process in _servers.Append(_front).OfType<EngineProcess>())
        {
            await process.DisposeAsync();
        }

        _folder.Dispose();
    }

    private static string User(string name, string[]? grants = null, string profile = "default", string quota = "default")
    {
        string queries = grants is null ? "" : $"<grants>{string.Concat(grants.Select(static grant => $"<query>{grant}</query>"))}</grants>";
        return $"<{name}><password/><networks><ip>127.0.0.1</ip></networks><profile>{profile}</profile><quota>{quota}</quota>{queries}</{name}>";
    }

    private string Shard(int server) => string.Create(
        CultureInfo.InvariantCulture,
        $"<shard><internal_replication>true</internal_replication><replica><host>127.0.0.1</host><port>{_tcp[server]}</port></replica></shard>");

    private void Compile()
    {
        string program = _folder.Combine("server");
        File.WriteAllText(program + ".c", Program);
        try
        {
            using var compiler = Process.Start("cc", ["-o", program, program + ".c", "-ldl"]);
            compiler.WaitForExit();
            Assert.AreEqual(0, compiler.ExitCode);
        }
        catch (Win32Exception)
        {
            Assert.Inconclusive("No C compiler: install cc, which compiles the program that starts the servers of a cluster.");
        }
    }
}
