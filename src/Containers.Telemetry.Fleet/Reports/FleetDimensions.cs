using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>Finds the dimensions of the publishes and own events of a fleet.</summary>
public static class FleetDimensions
{
    /// <summary>Returns their names, in order, and no more than <see cref="DimensionNames.MostNames"/>. Invalid names are left out.</summary>
    public static IReadOnlyList<string> Find(FleetConnection connection)
    {
        string isUsage = $"{FleetSchema.Kind} = '{FleetEventKind.Usage}'";
        string database = connection.Address.Database;
        return In(connection, $"{TextsOf(FleetSchema.Publishes.In(database))} UNION ALL {TextsOf(FleetSchema.Events.In(database))} WHERE {isUsage}");
    }

    /// <summary>Returns the names that rows have, as <see cref="Find"/> does.</summary>
    /// <param name="rows">The rows as they follow <c>FROM</c>.</param>
    internal static IReadOnlyList<string> FindIn(FleetConnection connection, string rows) => In(connection, TextsOf(rows));

    private static IReadOnlyList<string> In(FleetConnection connection, string texts)
    {
        string elements = $"SELECT {ListText.ElementsOf("Text")} AS Element FROM ({texts})";
        string names = $"SELECT DISTINCT {DimensionText.NameIn("Element")} AS Name FROM ({elements})";
        string sql = $"SELECT Name FROM ({names}) WHERE {DimensionText.IsName("Name")} ORDER BY Name LIMIT {SqlText.Number(DimensionNames.MostNames)}";
        return [.. connection.Query(sql).Select(static row => (string)row[0]!)];
    }

    private static string TextsOf(string rows) => $"SELECT DISTINCT toString({FleetSchema.DimensionsText}) AS Text FROM {rows}";
}
