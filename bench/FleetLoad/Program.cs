using System.Globalization;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.FleetLoad;

// Many agents send the events of publishes at once, through the outbox and the exporter of a build, to a receiver that writes them to ClickHouse.
if (args is not [var address, .. var numbers] || numbers.Length > 2 || !Array.TrueForAll(numbers, static number => int.TryParse(number, out int value) && value > 0))
{
    Console.Error.WriteLine("Usage: fleet-load clickhouse://HOST:PORT/DATABASE [AGENTS [SECONDS]]. 200 agents for 60 seconds if left out. The database is empty.");
    return 2;
}

try
{
    int[] values = Array.ConvertAll(numbers, static number => int.Parse(number, CultureInfo.InvariantCulture));
    using var connection = new FleetConnection(FleetAddress.Parse(address), FleetCredentials.Read(Environment.GetEnvironmentVariable));
    LoadResult result = await new Load(connection, values is [var agents, ..] ? agents : 200, TimeSpan.FromSeconds(values is [_, var seconds] ? seconds : 60)).RunAsync();
    Console.WriteLine(result);
    return result is { Lost: 0, Doubled: 0, WrongPublishes: 0 } ? 0 : 1;
}
catch (FleetException e)
{
    Console.Error.WriteLine(e.Message);
    return 3;
}
