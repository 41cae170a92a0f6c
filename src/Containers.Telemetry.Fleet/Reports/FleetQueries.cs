using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Aggregation;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>Parts of queries about the publishes of a fleet at a moment.</summary>
/// <param name="connection">The database.</param>
/// <param name="now">The moment.</param>
internal sealed class FleetQueries(FleetConnection connection, DateTimeOffset now)
{
    /// <summary>The condition on publishes that nothing has ended.</summary>
    public const string IsOpen = $"{FleetSchema.Result} = '{FleetResult.Unknown}'";

    private const string HasKey = $"AnonymousUserId != {SqlText.NoIdentifier} AND ProjectId != {SqlText.NoIdentifier}";

    /// <summary>The table of publishes, with its database.</summary>
    public string Table { get; } = FleetSchema.Publishes.In(connection.Address.Database);

    /// <summary>
    /// The condition on publishes that may be running, by the rule of <see cref="UnfinishedPublish"/>: nothing ended it, its latest event is less than an
    /// hour old, and its user has not begun another publish of its project since.
    /// </summary>
    public string IsRunning => $"""
        ({IsOpen} AND {FleetSchema.PublishId} GLOBAL IN (
            SELECT PublishId FROM (
                SELECT PublishId, AnonymousUserId, ProjectId, LastEventUnixNano FROM {Table} FINAL WHERE {IsOpen} AND LastEventUnixNano > {Silent}) AS silent
            GLOBAL ANY LEFT JOIN (
                SELECT AnonymousUserId, ProjectId, max(BeganUnixMilli) AS NextBegan FROM {Table} FINAL WHERE {HasKey} GROUP BY AnonymousUserId, ProjectId) AS later
            USING (AnonymousUserId, ProjectId)
            WHERE NOT (NextBegan * 1000000 > LastEventUnixNano)))
        """;

    private string Silent => SqlText.Number(UnixTime.Nanoseconds(now - UnfinishedPublish.LongestSilence));
}
