using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>The first uses of the values of a field in SQL, by the rule of <see cref="FirstUses"/>.</summary>
/// <param name="texts">The values that occur, without the empty one.</param>
internal sealed class SqlFirstUses(EventField field, IReadOnlyList<string> texts)
{
    // With more values, grouping by them is faster than an aggregate for each.
    private const int MostAggregates = 64;

    private readonly IReadOnlyList<string> _texts = texts;
    private readonly string _column = FleetColumn.NameOf(field);
    private readonly bool _isList = ReportField.Of(field).Shape is FieldShape.Texts;

    // Lists have few different elements, which are a closed set, but many combinations of them.
    private bool HasAggregates => _isList || _texts.Count <= MostAggregates;

    private IEnumerable<string> Aggregates => _texts.Select(text =>
        $"minIf({FleetSchema.TimeUnixNano}, {(_isList ? ListText.Has(_column, text) : $"{_column} = {SqlText.Text(text)}")})");

    /// <summary>Counts the projects of publishes, and finds their first uses of the values of fields.</summary>
    /// <param name="connection">The database. It reads the publishes once for all fields with few values.</param>
    /// <param name="scope">The publishes.</param>
    /// <param name="fields">The fields.</param>
    public static ProjectUses Read(FleetConnection connection, PublishScope scope, IReadOnlyList<SqlFirstUses> fields)
    {
        // The first number stands for the first publish of a project.
        string[] aggregates =
        [
            $"min({FleetSchema.TimeUnixNano})", .. fields.Where(static field => field.HasAggregates).SelectMany(static field => field.Aggregates),
        ];
        Dictionary<long, object?[]> rows = RowsOf(connection, OfProjects(aggregates, scope));
        var uses = new List<IReadOnlyList<FirstUse>>();
        int taken = 1;
        foreach (SqlFirstUses field in fields)
        {
            uses.Add(field.HasAggregates ? field.UsesIn(rows, taken) : field.UsesIn(RowsOf(connection, field.OfTexts(scope)), 0));
            taken += field.HasAggregates ? field._texts.Count : 0;
        }

        return new ProjectUses(rows.TryGetValue(1, out object?[]? all) ? (long)all[1]! : 0, uses);
    }

    private static string OfProjects(string[] aggregates, PublishScope scope) => $"""
        SELECT Number, First FROM (
            SELECT {string.Join(", ", aggregates.Select(static (first, i) => $"{first} AS First{SqlText.Number(i)}"))}
            FROM {scope.From} WHERE {scope.WhereInProject} GROUP BY ProjectId)
        ARRAY JOIN
            [{string.Join(", ", aggregates.Select(static (_, i) => $"First{SqlText.Number(i)}"))}] AS First,
            {SqlText.Numbers(aggregates.Length)} AS Number
        """;

    // A number stands for each value, since ClickHouse groups by numbers faster than by texts.
    private string OfTexts(PublishScope scope) => $"""
        SELECT {SqlText.NumberIn(_texts, $"toString({_column})")} AS Number, min({FleetSchema.TimeUnixNano}) AS First
        FROM {scope.From} WHERE {scope.WhereInProject} GROUP BY Number, ProjectId
        """;

    private static Dictionary<long, object?[]> RowsOf(FleetConnection connection, string firsts)
    {
        string sql = $"""
            SELECT toInt64(Number), toInt64(count()), min(First), {SqlPercentile.OfDifferent("First", 50, 95)}
            FROM ({firsts}) WHERE First > 0 GROUP BY Number
            """;
        return connection.Query(sql).ToDictionary(static row => (long)row[0]!);
    }

    private IReadOnlyList<FirstUse> UsesIn(Dictionary<long, object?[]> rows, int taken) =>
    [
        .. _texts.Select((text, i) => rows.TryGetValue(taken + i + 1, out object?[]? row) ? UseOf(text, row) : null).OfType<FirstUse>(),
    ];

    private static FirstUse UseOf(string text, object?[] row)
    {
        long[] moments = (long[])row[3]!;
        return new(text, (long)row[1]!, UnixTime.Ticks((long)row[2]!), UnixTime.Ticks(moments[0]), UnixTime.Ticks(moments[1]));
    }
}
