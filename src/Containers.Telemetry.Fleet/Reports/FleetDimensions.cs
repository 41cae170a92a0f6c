using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>Finds which dimensions the publishes of a fleet have.</summary>
public static class FleetDimensions
{
    /// <summary>Returns their names, in order.</summary>
    /// <param name="connection">The database.</param>
    /// <exception cref="FleetException">The server cannot be reached, or the tables are not there.</exception>
    public static IReadOnlyList<string> Find(FleetConnection connection)
    {
        string table = $"{SqlText.Name(connection.Address.Database)}.{FleetSchema.Publishes.Name}";
        return [.. connection.Query($"SELECT DISTINCT toString(arrayJoin({FleetSchema.DimensionNames})) FROM {table}").Select(static row => (string)row[0]!).Order(StringComparer.Ordinal)];
    }
}
