using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Ingest;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Fleet.Tests.Engines;
using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry.Fleet.Tests;

/// <summary>One engine for all tests, with a database for each.</summary>
[TestClass]
public static class FleetFixture
{
    /// <summary>The longest retention: the events of the tests are from 2026, and a server deletes older events by its own clock.</summary>
    internal const int RetentionDays = FleetSetup.LongestRetentionDays;

    private static readonly SemaphoreSlim Gate = new(1);
    private static CurrentClickHouse? _engine;
    private static int _databases;

    [AssemblyCleanup]
    public static async Task StopAsync()
    {
        if (_engine is not null)
        {
            await _engine.DisposeAsync();
        }
    }

    /// <summary>Connects to a new, empty database.</summary>
    internal static async Task<FleetConnection> NewDatabaseAsync() =>
        await (await EngineAsync()).ConnectAsync($"fleet_{Interlocked.Increment(ref _databases)}");

    /// <summary>Connects to a new database with the tables.</summary>
    internal static async Task<FleetConnection> NewFleetAsync()
    {
        FleetConnection connection = await NewDatabaseAsync();
        await new FleetSetup(connection).ApplyAsync(null, RetentionDays);
        return connection;
    }

    /// <summary>Imports the events of all files of a folder.</summary>
    internal static async Task ImportAsync(FleetConnection connection, string folder)
    {
        var writer = new FleetWriter(connection, static (_, _) => Task.CompletedTask);
        foreach (StoredEvent stored in EventsIn(folder))
        {
            await writer.AddAsync(stored);
        }

        await writer.CompleteAsync();
    }

    /// <summary>Reads the events of all files of a folder.</summary>
    internal static IEnumerable<StoredEvent> EventsIn(string folder) => Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)
        .SelectMany(File.ReadLines)
        .SelectMany(static line => OtlpLogReader.Read(System.Text.Encoding.UTF8.GetBytes(line)).Events);

    internal static async Task<CurrentClickHouse> EngineAsync()
    {
        await Gate.WaitAsync();
        try
        {
            return _engine ??= await CurrentClickHouse.StartAsync();
        }
        finally
        {
            Gate.Release();
        }
    }
}
