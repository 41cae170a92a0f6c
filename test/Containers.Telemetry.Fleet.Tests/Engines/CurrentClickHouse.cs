using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Fleet.Tests.Engines;

/// <summary>A current ClickHouse: a Node.js process with its HTTP interface on loopback. Each one starts without databases.</summary>
internal sealed class CurrentClickHouse : IAsyncDisposable
{
    public const string User = "fleet";
    public const string Password = "correct horse battery staple";

    private readonly EngineProcess _process;
    private readonly TemporaryFolder _folder;

    private CurrentClickHouse(EngineProcess process, TemporaryFolder folder, int port)
    {
        _process = process;
        _folder = folder;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Starts the engine; the test is inconclusive without Node.js or the engine's package.</summary>
    public static async Task<CurrentClickHouse> StartAsync()
    {
        NodeProject project = NodeProject.OrInconclusive("Engines");
        if (!Directory.Exists(Path.Combine(project.Folder, "node_modules", "@chdb")))
        {
            Assert.Inconclusive("The npm package chdb has no version for this system.");
        }

        var folder = new TemporaryFolder();
        var process = new EngineProcess(project.Start("clickhouse-front.mjs", [folder.Path], new Dictionary<string, string>
        {
            ["CHDB_MODULES"] = project.Folder,
            ["CLICKHOUSE_FRONT_USER"] = User,
            ["CLICKHOUSE_FRONT_PASSWORD"] = Password,
        }));
        return new CurrentClickHouse(process, folder, await process.PortAsync());
    }

    /// <summary>Connects to a database, and creates it if it does not exist.</summary>
    public async Task<FleetConnection> ConnectAsync(string database)
    {
        using var connection = new FleetConnection(new FleetAddress("127.0.0.1", Port, "default", false), new FleetCredentials(User, Password));
        await connection.ExecuteAsync($"CREATE DATABASE IF NOT EXISTS {database}", CancellationToken.None);
        return new FleetConnection(AddressOf(database), new FleetCredentials(User, Password));
    }

    public FleetAddress AddressOf(string database) => new("127.0.0.1", Port, database, false);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}
