using System.Diagnostics;
using System.Globalization;
using Containers.Telemetry.Fleet.Connection;

namespace Containers.Telemetry.Fleet.Tests.Engines;

/// <summary>A current ClickHouse, in a process of Node.js that speaks its HTTP interface on loopback. Each one starts with no databases.</summary>
internal sealed class CurrentClickHouse : IAsyncDisposable
{
    public const string User = "fleet";
    public const string Password = "correct horse battery staple";

    private static readonly Lazy<string?> Modules = new(InstallModules);

    private readonly Process _process;
    private readonly string _folder;

    private CurrentClickHouse(Process process, string folder, int port)
    {
        _process = process;
        _folder = folder;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Starts the engine; the test is inconclusive where Node.js or the engine's package cannot be had.</summary>
    public static async Task<CurrentClickHouse> StartAsync()
    {
        if (Modules.Value is not { } modules)
        {
            Assert.Inconclusive("The current ClickHouse needs Node.js, npm and the package chdb, which has no version for Windows.");
            throw new UnreachableException();
        }

        string folder = Directory.CreateTempSubdirectory("containers-telemetry-clickhouse-").FullName;
        var start = new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "Engines", "clickhouse-front.mjs"), folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["CHDB_MODULES"] = modules, ["CLICKHOUSE_FRONT_USER"] = User, ["CLICKHOUSE_FRONT_PASSWORD"] = Password },
        };
        Process process = Process.Start(start)!;
        string? port = await process.StandardOutput.ReadLineAsync();
        return new CurrentClickHouse(process, folder, int.Parse(port!, CultureInfo.InvariantCulture));
    }

    /// <summary>Connects to a database, which is made if it is not there.</summary>
    public async Task<FleetConnection> ConnectAsync(string database)
    {
        using var connection = new FleetConnection(new FleetAddress("127.0.0.1", Port, "default", false), new FleetCredentials(User, Password));
        await connection.ExecuteAsync($"CREATE DATABASE IF NOT EXISTS {database}", CancellationToken.None);
        return new FleetConnection(AddressOf(database), new FleetCredentials(User, Password));
    }

    public FleetAddress AddressOf(string database) => new("127.0.0.1", Port, database, false);

    public async ValueTask DisposeAsync()
    {
        // The front ends with its input.
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Installs the engine beside the tests, once for all runs; null where it cannot be.</summary>
    private static string? InstallModules()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Engines");
        string installed = Path.Combine(folder, "node_modules", "chdb", "package.json");
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        try
        {
            if (!File.Exists(installed))
            {
                using Process npm = Process.Start(new ProcessStartInfo("npm", ["install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
                npm.StandardOutput.ReadToEnd();
                npm.WaitForExit();
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }

        return File.Exists(installed) ? folder : null;
    }
}
