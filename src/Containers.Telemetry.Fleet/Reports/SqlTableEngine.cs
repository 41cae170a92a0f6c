using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Sections;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>Groups publishes for tables in ClickHouse. What several tables of a report ask is asked once.</summary>
/// <param name="connection">The database.</param>
/// <param name="values">The values that occur.</param>
internal sealed class SqlTableEngine(FleetConnection connection, OccurringValues values)
{
    private readonly Dictionary<string, IReadOnlyList<object?[]>> _answers = new(StringComparer.Ordinal);

    /// <summary>Groups publishes as the specification of a table has it.</summary>
    /// <param name="spec">The table.</param>
    /// <param name="scope">The publishes.</param>
    /// <param name="bucket">The part of time that rows are about, where the table does not say which.</param>
    public TableGroups Group(TableSpec spec, PublishScope scope, TimeBucket bucket)
    {
        SqlField[] keys = [.. spec.Dimensions.Select(dimension => values.KeyOf(dimension, bucket))];
        // A statement of its own: users, projects and percentiles of all are not sums of the rows, and a publish with several values of a key is in several rows.
        TableGroup whole = Read([], spec.HasWholeRow ? spec : spec with { Measures = [], Condition = null }, scope)[0];
        return new TableGroups([.. keys.Select(static key => key.Column)], keys.Length == 0 ? [] : Read(keys, spec, scope), whole);
    }

    private IReadOnlyList<TableGroup> Read(SqlField[] keys, TableSpec spec, PublishScope scope)
    {
        EventField[] fields = [.. spec.Measures.Append(spec.Condition).Select(static measure => measure?.Field).OfType<EventField>().Distinct()];
        Measure[] percentiles = [.. spec.Measures.Where(static measure => measure.Kind is MeasureKind.Percentile)];
        string sql = Sql(keys, fields, percentiles, spec, scope);
        if (!_answers.TryGetValue(sql, out IReadOnlyList<object?[]>? rows))
        {
            _answers.Add(sql, rows = connection.Query(sql));
        }

        return [.. rows.Select(row => GroupOf(row, keys, fields, percentiles))];
    }

    private static string Sql(SqlField[] keys, EventField[] fields, Measure[] percentiles, TableSpec spec, PublishScope scope)
    {
        string names = string.Concat(keys.Select(static (_, i) => FormattableString.Invariant($"Key{i}, ")));
        string inner = string.Concat(keys.Select(static (key, i) => FormattableString.Invariant($"{key.Sql} AS Key{i}, ")));
        string measured = string.Concat(fields.Select(static field => $", {field.Name}"));
        string having = string.Concat(fields.Select(static field => $", toInt64(countIf({field.Name} >= 0))"));
        string ranked = string.Concat(percentiles.Select(static measure => $", {SqlPercentile.Of(measure.Field!.Name, $"{measure.Field!.Name} >= 0", measure.Percent)}"));
        return $"""
            SELECT {names}toInt64(countIf({FleetSchema.Result} = '{FleetResult.Succeeded}')), toInt64(countIf({FleetSchema.Result} = '{FleetResult.Failed}')),
                toInt64(countIf({FleetSchema.Result} = '{FleetResult.Canceled}')), {Distinct("AnonymousUserId", spec.Has(MeasureKind.Users))}, {Distinct("ProjectId", spec.Has(MeasureKind.Projects))},
                min({FleetSchema.TimeUnixNano}), max({FleetSchema.TimeUnixNano}){having}{ranked}
            FROM (SELECT {inner}{FleetSchema.Result}, AnonymousUserId, ProjectId, {FleetSchema.TimeUnixNano}{measured} FROM {scope.From} WHERE {scope.WhereEnded})
            {(keys.Length == 0 ? "" : "GROUP BY " + names.TrimEnd(',', ' '))}
            """;
    }

    // To count what is different takes longer than all the rest.
    private static string Distinct(string identity, bool isWanted) =>
        isWanted ? $"toInt64(uniqExactIf({identity}, {identity} != {SqlText.NoIdentifier}))" : "toInt64(0)";

    private static TableGroup GroupOf(object?[] row, SqlField[] keys, EventField[] fields, Measure[] percentiles)
    {
        int next = keys.Length;
        object?[] cells = [.. keys.Select((key, i) => key.CellOf(row[i]!))];
        var group = new TableGroup(cells)
        {
            Succeeded = Next(),
            Failed = Next(),
            Canceled = Next(),
            Users = Next(),
            Projects = Next(),
            First = MomentOf(Next()),
            Last = MomentOf(Next()),
            Having = fields.ToDictionary(static field => field, _ => Next()),
        };
        return group with
        {
            Percentiles = percentiles.ToDictionary(static measure => (measure.Field!, measure.Percent), measure => Next() is var value && group.Having[measure.Field!] > 0 ? value : (long?)null),
        };

        long Next() => (long)row[next++]!;

        // Without a publish, ClickHouse gives 0 for the smallest and the largest time.
        static DateTimeOffset? MomentOf(long nanoseconds) => nanoseconds == 0 ? null : UnixTime.Moment(nanoseconds);
    }
}
