using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Listing;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>Lists the publishes of a fleet. ClickHouse filters and orders them, and only the listed ones are transferred.</summary>
public static class FleetList
{
    /// <exception cref="FleetException">They do not fit into memory.</exception>
    public static PublishList Read(FleetConnection connection, ListQuery query, DateTimeOffset now)
    {
        var queries = new FleetQueries(connection, now);
        return Read(connection, query, queries, queries.IsRunning, now);
    }

    /// <summary>Reads publishes that have ended.</summary>
    /// <param name="rows">The publishes as they follow <c>FROM</c>, one row each.</param>
    internal static PublishList ReadEnded(FleetConnection connection, ListQuery query, string rows, DateTimeOffset now) =>
        Read(connection, query, new FleetQueries(connection, now, rows), isRunning: "0", now);

    private static PublishList Read(FleetConnection connection, ListQuery query, FleetQueries queries, string isRunning, DateTimeOffset now)
    {
        var values = new OccurringValues(connection, queries.Rows, DateOnly.FromDateTime(now.UtcDateTime));
        var period = new Period(query.Since ?? DateTimeOffset.MinValue, query.Until ?? DateTimeOffset.MaxValue);
        var scope = new PublishScope(queries.Rows, period, query.Where is null ? null : new SqlFilter(values, isRunning).Write(query.Where));
        PublishStore store = PublishList.StoreFor(query);
        var loader = new PublishLoader(connection, values, store);
        loader.Load($"FROM {scope.From} WHERE {scope.Where(ConditionOf(query.Outcome, queries))}{LatestOf(query.Last)}", isRunning);
        return PublishList.Of(store, query, loader.Running, new ReadingStatistics());
    }

    private static string ConditionOf(string? outcome, FleetQueries queries) => outcome switch
    {
        null => "1",
        "success" => IsResult(FleetResult.Succeeded),
        "error" => IsResult(FleetResult.Failed),
        "canceled" => IsResult(FleetResult.Canceled),
        ReportField.Running => $"({FleetQueries.IsOpen} AND {queries.IsRunning})",
        _ => $"({IsResult(FleetResult.Unfinished)} OR {FleetQueries.IsOpen} AND NOT {queries.IsRunning})",
    };

    private static string IsResult(string result) => $"{FleetSchema.Result} = '{result}'";

    private static string LatestOf(int? count) => count is { } last
        ? string.Create(CultureInfo.InvariantCulture, $" ORDER BY {FleetSchema.TimeUnixNano} DESC, toString({FleetSchema.PublishId}) DESC LIMIT {last}")
        : "";
}
