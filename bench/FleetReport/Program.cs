using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.FleetBench;

// Fills the tables of a fleet with generated publishes, and measures the speed of the import, the disk space, and the time of each section of a
// report.
if (args is not [var address, .. var counts] || counts.Length == 0 || !Array.TrueForAll(counts, static count => int.TryParse(count, out int number) && number > 0))
{
    Console.Error.WriteLine("Usage: fleet-report clickhouse://HOST:PORT/DATABASE PUBLISHES [PUBLISHES…]. The first number is imported into an empty database; the others are multiples of it, for which ClickHouse copies what was imported. Each is measured.");
    return 2;
}

try
{
    using var connection = new FleetConnection(FleetAddress.Parse(address), FleetCredentials.Read(Environment.GetEnvironmentVariable));
    await new FleetMeasurement(connection, Console.WriteLine).RunAsync([.. counts.Select(static count => int.Parse(count, System.Globalization.CultureInfo.InvariantCulture))]);
    return 0;
}
catch (FleetException e)
{
    Console.Error.WriteLine(e.Message);
    return 3;
}
