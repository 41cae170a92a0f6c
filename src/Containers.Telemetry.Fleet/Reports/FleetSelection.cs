using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Sections;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>Publishes of a period that match the filters, counted by ClickHouse.</summary>
internal sealed class FleetSelection(
    FleetConnection connection,
    FleetQueries queries,
    OccurringValues values,
    SqlTableEngine engine,
    TransferredRows rows,
    PublishScope scope) : IPublishes
{
    private readonly Lazy<(long Count, long Unfinished, long Running)> _counts = new(() => CountIn(connection, queries, scope));

    private string MayBeRunning => $"({queries.IsRecent} AND {queries.IsRunning})";

    public Period Period => scope.Period;

    public long Count => _counts.Value.Count;

    public long Unfinished => _counts.Value.Unfinished;

    public long Running => _counts.Value.Running;

    public TableGroups Group(TableSpec spec, TimeBucket bucket) => engine.Group(spec, scope, bucket);

    public TableGroups GroupUnfinished(TableSpec spec, TimeBucket bucket) =>
        engine.Group(spec, scope with { Counted = $"NOT {PublishScope.HasEnded} AND NOT {MayBeRunning}" }, bucket);

    public long[] CountsBy(EventField identity)
    {
        string where = scope.Where(PublishScope.HasEnded, $"{identity.Name} != {SqlText.NoIdentifier}");
        string sql = $"""
            SELECT toInt64(Publishes), toInt64(count()) FROM (
                SELECT count() AS Publishes FROM {scope.From} WHERE {where} GROUP BY {identity.Name})
            GROUP BY Publishes ORDER BY Publishes
            """;
        return [.. connection.Query(sql).SelectMany(static row => Enumerable.Repeat((long)row[0]!, (int)(long)row[1]!))];
    }

    public long[] ProjectsBefore(IReadOnlyList<DateTimeOffset> moments)
    {
        IEnumerable<string> counts = moments.Select(static moment => $"toInt64(countIf(First < {SqlText.Number(UnixTime.Nanoseconds(moment))}))");
        string firsts = $"SELECT min({FleetSchema.TimeUnixNano}) AS First FROM {scope.From} WHERE {scope.WhereInProject} GROUP BY ProjectId";
        string sql = $"SELECT {string.Join(", ", counts)} FROM ({firsts})";
        return Array.ConvertAll(connection.Query(sql)[0], static count => (long)count!);
    }

    public ProjectUses FirstUsesOf(IReadOnlyList<EventField> fields) => SqlFirstUses.Read(
        connection,
        scope,
        [.. fields.Select(field => new SqlFirstUses(field, [.. values.Of(ReportField.Of(field)).Texts.Where(static text => text.Length > 0)]))]);

    public IReadOnlyList<RecoveryGroup> Recoveries() => SqlRecoveries.GroupsOf(connection.Query(SqlRecoveries.Of(scope)));

    public AlikePublishes Alike(IReadOnlyList<ReportField> fields) => rows.Alike(scope, fields);

    public PublishSelection Rows(IReadOnlyList<ReportField> fields) =>
        rows.Select(scope with { Counted = $"({PublishScope.HasEnded} OR NOT {MayBeRunning})" }, fields);

    private static (long Count, long Unfinished, long Running) CountIn(FleetConnection connection, FleetQueries queries, PublishScope scope)
    {
        string counts = $"toInt64(countIf({PublishScope.HasEnded})), toInt64(countIf(NOT {PublishScope.HasEnded}))";
        object?[] row = connection.Query($"SELECT {counts} FROM {scope.From} WHERE {scope.Where()}")[0];

        // The index of times limits the search to few rows.
        long running = (long)connection.Query($"SELECT toInt64(count()) FROM {scope.From} WHERE {scope.Where(queries.IsRecent, queries.IsRunning)}")[0][0]!;
        return ((long)row[0]!, (long)row[1]! - running, running);
    }
}
