using System.Globalization;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Sections;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>Groups publishes for tables in ClickHouse.</summary>
/// <param name="connection">The database.</param>
/// <param name="values">The values that occur.</param>
internal sealed class SqlTableEngine(FleetConnection connection, OccurringValues values)
{
    /// <summary>Groups publishes as the specification of a table has it.</summary>
    /// <param name="spec">The table.</param>
    /// <param name="scope">The publishes.</param>
    /// <param name="bucket">The part of time that rows are about, where the table does not say which.</param>
    public TableGroups Group(TableSpec spec, PublishScope scope, TimeBucket bucket)
    {
        SqlField[] keys = [.. spec.Dimensions.Select(dimension => values.KeyOf(dimension, bucket))];
        // A statement of its own: users, projects and percentiles of all are not sums of the rows, and a publish with several values of a key is in several rows.
        TableGroup whole = Read([], spec, scope)[0];
        return new TableGroups([.. keys.Select(static key => key.Column)], keys.Length == 0 ? [] : Read(keys, spec, scope), whole);
    }

    private IReadOnlyList<TableGroup> Read(SqlField[] keys, TableSpec spec, PublishScope scope)
    {
        EventField[] fields = [.. spec.Measures.Append(spec.Condition).Select(static measure => measure?.Field).OfType<EventField>().Distinct()];
        Measure[] percentiles = [.. spec.Measures.Where(static measure => measure.Kind is MeasureKind.Percentile)];
        IReadOnlyList<object?[]> rows = connection.Query(Sql(keys, fields, percentiles, scope));
        return [.. rows.Select(row => GroupOf(row, keys, fields, percentiles))];
    }

    private static string Sql(SqlField[] keys, EventField[] fields, Measure[] percentiles, PublishScope scope)
    {
        string names = string.Concat(keys.Select(static (_, i) => FormattableString.Invariant($"Key{i}, ")));
        string inner = string.Concat(keys.Select(static (key, i) => FormattableString.Invariant($"{key.Sql} AS Key{i}, ")));
        string measured = string.Concat(fields.Select(static field => $", {field.Name}"));
        string collected = string.Concat(fields.Select(static (field, i) => FormattableString.Invariant($", arraySort(groupArrayIf({field.Name}, {field.Name} >= 0)) AS Values{i}")));
        string having = string.Concat(fields.Select(static (_, i) => FormattableString.Invariant($", toInt64(length(Values{i}))")));
        string ranked = string.Concat(percentiles.Select(measure =>
            FormattableString.Invariant($", {NearestRank("Values" + Array.IndexOf(fields, measure.Field!).ToString(CultureInfo.InvariantCulture), measure.Percent)}")));
        return $"""
            SELECT {names}Succeeded, Failed, Canceled, Users, Projects, First, Last{having}{ranked} FROM (
                SELECT {names}toInt64(countIf({FleetSchema.Result} = '{FleetResult.Succeeded}')) AS Succeeded, toInt64(countIf({FleetSchema.Result} = '{FleetResult.Failed}')) AS Failed,
                    toInt64(countIf({FleetSchema.Result} = '{FleetResult.Canceled}')) AS Canceled,
                    toInt64(uniqExactIf(AnonymousUserId, AnonymousUserId != {SqlText.NoIdentifier})) AS Users, toInt64(uniqExactIf(ProjectId, ProjectId != {SqlText.NoIdentifier})) AS Projects,
                    min({FleetSchema.TimeUnixNano}) AS First, max({FleetSchema.TimeUnixNano}) AS Last{collected}
                FROM (SELECT {inner}{FleetSchema.Result}, AnonymousUserId, ProjectId, {FleetSchema.TimeUnixNano}{measured} FROM {scope.From} WHERE {scope.WhereEnded})
                {(keys.Length == 0 ? "" : "GROUP BY " + names.TrimEnd(',', ' '))})
            """;
    }

    // As the local engine: the smallest value that so many percent of the values do not exceed.
    private static string NearestRank(string values, int percent) =>
        $"if(empty({values}), toInt64(-1), {values}[intDiv(length({values}) * {SqlText.Number(percent)} + 99, 100)])";

    private static TableGroup GroupOf(object?[] row, SqlField[] keys, EventField[] fields, Measure[] percentiles)
    {
        int next = keys.Length;
        object?[] cells = [.. keys.Select((key, i) => key.CellOf(row[i]!))];
        return new TableGroup(cells)
        {
            Succeeded = Next(),
            Failed = Next(),
            Canceled = Next(),
            Users = Next(),
            Projects = Next(),
            First = MomentOf(Next()),
            Last = MomentOf(Next()),
            Having = fields.ToDictionary(static field => field, _ => Next()),
            Percentiles = percentiles.ToDictionary(static measure => (measure.Field!, measure.Percent), _ => Next() is >= 0 and var value ? value : (long?)null),
        };

        long Next() => (long)row[next++]!;

        // Without a publish, ClickHouse gives 0 for the smallest and the largest time.
        static DateTimeOffset? MomentOf(long nanoseconds) => nanoseconds == 0 ? null : UnixTime.Moment(nanoseconds);
    }
}
