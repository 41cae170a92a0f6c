using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Sections;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>Groups publishes for tables in ClickHouse. Equal queries of several tables run once.</summary>
internal sealed class SqlTableEngine(FleetConnection connection, OccurringValues values)
{
    private readonly Dictionary<string, IReadOnlyList<object?[]>> _answers = new(StringComparer.Ordinal);

    /// <summary>Groups publishes by the specification of a table.</summary>
    /// <param name="bucket">The part of time of rows, if the table does not define it.</param>
    public TableGroups Group(TableSpec spec, PublishScope scope, TimeBucket bucket)
    {
        SqlField[] keys = [.. spec.Dimensions.Select(dimension => values.KeyOf(dimension, bucket))];
        IReadOnlyList<TableGroup> groups = keys.Length == 0 ? [] : Read(keys, spec, scope);
        // A separate statement if the table needs users, projects or percentiles of the whole, which are not sums of the rows, or if a publish with
        // several values of a key is in several rows.
        TableGroup whole =
            spec.HasWholeRow ? Read([], spec, scope)[0]
            : spec.Dimensions.Any(static dimension => dimension.Shape is FieldShape.Texts) ? Read([], spec with { Measures = [], Condition = null }, scope)[0]
            : SumOf(groups);
        return new TableGroups([.. keys.Select(static key => key.Column)], groups, whole);
    }

    private static TableGroup SumOf(IReadOnlyList<TableGroup> groups) => TableGroup.Empty with
    {
        Succeeded = groups.Sum(static group => group.Succeeded),
        Failed = groups.Sum(static group => group.Failed),
        Canceled = groups.Sum(static group => group.Canceled),
        First = groups.Min(static group => group.First),
        Last = groups.Max(static group => group.Last),
    };

    private IReadOnlyList<TableGroup> Read(SqlField[] keys, TableSpec spec, PublishScope scope)
    {
        EventField[] fields = [.. spec.Measures.Append(spec.Condition).Select(static measure => measure?.Field).OfType<EventField>().Distinct()];
        Measure[] percentiles = [.. spec.Measures.Where(static measure => measure.Kind is MeasureKind.Percentile)];
        SqlAggregate[] figures =
        [
            CountOf(FleetResult.Succeeded), CountOf(FleetResult.Failed),
            new("countIf", $"NOT {FleetSchema.Result} IN {SqlText.Texts([FleetResult.Succeeded, FleetResult.Failed])}"),
            DifferentIn(IdentityFields.AnonymousUserId, spec.Has(MeasureKind.Users)), DifferentIn(IdentityFields.ProjectId, spec.Has(MeasureKind.Projects)),
            new("min", FleetSchema.TimeUnixNano), new("max", FleetSchema.TimeUnixNano),
            .. fields.Select(static field => new SqlAggregate("countIf", $"{field.Name} >= 0")),
            .. percentiles.Select(static measure => SqlPercentile.Of(measure.Field!.Name, $"{measure.Field!.Name} >= 0", measure.Percent)),
        ];
        string sql = keys.Length > 0 && keys.All(static key => key.TextColumns is not null) ? OfTexts(keys, figures, scope) : Of(keys, figures, scope);
        if (!_answers.TryGetValue(sql, out IReadOnlyList<object?[]>? rows))
        {
            _answers.Add(sql, rows = connection.Query(sql));
        }

        return [.. rows.Select(row => GroupOf(row, keys, fields, percentiles))];
    }

    private static string Of(SqlField[] keys, SqlAggregate[] figures, PublishScope scope) => $"""
        SELECT {string.Join(", ", Named(keys).Concat(figures.Select(static figure => figure.Value)))}
        FROM {scope.From} WHERE {scope.WhereCounted}
        {By(keys)}
        """;

    // Few combinations of texts occur, so derived values are computed for few rows.
    private static string OfTexts(SqlField[] keys, SqlAggregate[] figures, PublishScope scope)
    {
        string[] columns = [.. keys.SelectMany(static key => key.TextColumns!).Distinct(StringComparer.Ordinal)];
        IEnumerable<string> states = figures.Select(static (figure, i) => $"{figure.State} AS {StateName(i)}");
        string taken = string.Join(", ", TextKey.Taken(columns).Concat(states));
        return $"""
            SELECT {string.Join(", ", Named(keys).Concat(figures.Select(static (figure, i) => figure.Merged(StateName(i)))))}
            FROM (
                SELECT {string.Join(", ", TextKey.Named(columns).Concat(figures.Select(static (_, i) => StateName(i))))}
                FROM (SELECT {taken} FROM {scope.From} WHERE {scope.WhereCounted} GROUP BY {TextKey.Of(columns)}))
            {By(keys)}
            """;
    }

    private static IEnumerable<string> Named(SqlField[] keys) => keys.Select(static (key, i) => $"{key.Sql} AS {KeyName(i)}");

    private static string By(SqlField[] keys) => keys.Length == 0 ? "" : "GROUP BY " + string.Join(", ", keys.Select(static (_, i) => KeyName(i)));

    private static string KeyName(int number) => FormattableString.Invariant($"Key{number}");

    private static string StateName(int number) => FormattableString.Invariant($"State{number}");

    private static SqlAggregate CountOf(string result) => new("countIf", $"{FleetSchema.Result} = '{result}'");

    // Counting distinct values takes longer than everything else.
    private static SqlAggregate DifferentIn(EventField identity, bool isWanted) =>
        isWanted ? new("uniqExactIf", $"{identity.Name}, {identity.Name} != {SqlText.NoIdentifier}") : new("countIf", "0");

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
            Percentiles = percentiles.ToDictionary(
                static measure => (measure.Field!, measure.Percent),
                measure => Next() is var value && group.Having[measure.Field!] > 0 ? value : (long?)null),
        };

        long Next() => (long)row[next++]!;

        // Without a publish, ClickHouse returns 0 for the smallest and the largest time.
        static DateTimeOffset? MomentOf(long nanoseconds) => nanoseconds == 0 ? null : UnixTime.Moment(nanoseconds);
    }
}
