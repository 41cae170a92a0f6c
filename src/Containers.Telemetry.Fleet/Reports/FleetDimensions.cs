using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>Finds which dimensions the publishes and the own events of a fleet have.</summary>
public static class FleetDimensions
{
    /// <summary>Returns their names, in order, and no more than <see cref="DimensionNames.MostNames"/>. What is no name of a dimension is left out.</summary>
    /// <param name="connection">The database.</param>
    /// <exception cref="FleetException">The server cannot be reached, or the tables are not there.</exception>
    public static IReadOnlyList<string> Find(FleetConnection connection)
    {
        string names = $"{NamesIn(FleetSchema.Publishes, connection)} UNION ALL {NamesIn(FleetSchema.Events, connection)} WHERE {FleetSchema.Kind} = '{FleetEventKind.Usage}'";
        string sql = $"SELECT DISTINCT Name FROM ({names}) WHERE {DimensionText.IsName("Name")} ORDER BY Name LIMIT {SqlText.Number(DimensionNames.MostNames)}";
        return [.. connection.Query(sql).Select(static row => (string)row[0]!)];
    }

    private static string NamesIn(FleetTable table, FleetConnection connection) =>
        $"SELECT DISTINCT toString(arrayJoin({FleetSchema.DimensionNames})) AS Name FROM {table.In(connection.Address.Database)}";
}
