using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Aggregation;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>Parts of queries about the publishes of a fleet at a moment.</summary>
/// <param name="rows">The rows to count, as they follow <c>FROM</c>, one per publish; null for all publishes.</param>
internal sealed class FleetQueries(FleetConnection connection, DateTimeOffset now, string? rows = null)
{
    /// <summary>The condition on publishes without an outcome.</summary>
    public const string IsOpen = $"{FleetSchema.Result} = '{FleetResult.Unknown}'";

    private const string HasKey = $"AnonymousUserId != {SqlText.NoIdentifier} AND ProjectId != {SqlText.NoIdentifier}";

    /// <summary>The publishes as they follow <c>FROM</c>, one row each. A shard that does not answer makes the query fail.</summary>
    public string Rows { get; } = rows ?? $"{FleetSchema.Publishes.In(connection.Address.Database)} FINAL";

    /// <summary>The condition on publishes with an event of the last hour.</summary>
    public string IsRecent => $"{FleetSchema.TimeUnixNano} > {SqlText.Number(UnixTime.Nanoseconds(now - UnfinishedPublish.LongestSilence))}";

    private static string Began => PublishAssembly.BeganUnixMilli(FleetSchema.PublishId);

    // A publish that began after an event of the last hour began in that hour, too. Day 0 has publishes with an id without a time.
    private string BeganSince => FormattableString.Invariant(
        $"({FleetSchema.BeganDay} = toDate(0) OR {FleetSchema.BeganDay} >= toDate('{(now - UnfinishedPublish.LongestSilence).UtcDateTime:yyyy-MM-dd}'))");

    private string LastBeginnings =>
        $"SELECT AnonymousUserId, ProjectId, max({Began}) AS NextBegan FROM {Rows} " +
        $"WHERE {BeganSince} AND {HasKey} GROUP BY AnonymousUserId, ProjectId";

    /// <summary>
    /// The condition on publishes that may be running, by the rule of <see cref="UnfinishedPublish"/>: it has no outcome, its latest event is less than an
    /// hour old, and its user has not begun another publish of its project since. The time of such a publish is that of its latest event.
    /// </summary>
    public string IsRunning => $"""
        ({IsOpen} AND {FleetSchema.PublishId} GLOBAL IN (
            SELECT PublishId FROM (
                SELECT PublishId, AnonymousUserId, ProjectId, TimeUnixNano FROM {Rows} WHERE {IsOpen} AND {IsRecent}) AS silent
            GLOBAL ANY LEFT JOIN (
                {LastBeginnings}) AS later
            USING (AnonymousUserId, ProjectId)
            WHERE NOT (NextBegan > intDiv(TimeUnixNano, 1000000))))
        """;
}
