using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>The first uses of the values of a field in SQL, by the rule of <see cref="FirstUses"/>.</summary>
internal static class SqlFirstUses
{
    /// <summary>The query for the first uses of values. A number stands for each value, since ClickHouse groups by numbers faster than by texts.</summary>
    /// <param name="field">The field.</param>
    /// <param name="texts">The values, without the empty one.</param>
    /// <param name="scope">The publishes.</param>
    public static string Of(EventField field, IReadOnlyList<string> texts, PublishScope scope)
    {
        string column = FleetColumn.NameOf(field);
        string firsts = ReportField.Of(field).Shape is FieldShape.Texts ? OfElements(column, texts, scope) : OfTexts(column, texts, scope);
        return $"""
            SELECT toInt64(Number), toInt64(count()), min(First), {SqlPercentile.OfDifferent("First", 50, 95)}
            FROM ({firsts}) WHERE First > 0 GROUP BY Number
            """;
    }

    /// <summary>Makes the uses from rows.</summary>
    /// <param name="texts">The values of the query.</param>
    /// <param name="rows">Its rows.</param>
    public static IReadOnlyList<FirstUse> Read(IReadOnlyList<string> texts, IReadOnlyList<object?[]> rows) =>
        [.. rows.Where(static row => (long)row[0]! > 0).Select(row => UseOf(texts[(int)(long)row[0]! - 1], row))];

    // Lists have few different elements, which are a closed set, but many combinations of them.
    private static string OfElements(string column, IReadOnlyList<string> texts, PublishScope scope)
    {
        IEnumerable<string> firsts = texts.Select((text, i) => $"minIf({FleetSchema.TimeUnixNano}, {ListText.Has(column, text)}) AS First{SqlText.Number(i)}");
        return $"""
            SELECT Number, First FROM (
                SELECT {string.Join(", ", firsts)} FROM {scope.From} WHERE {scope.WhereInProject} GROUP BY ProjectId)
            ARRAY JOIN [{string.Join(", ", texts.Select(static (_, i) => $"First{SqlText.Number(i)}"))}] AS First, {SqlText.Numbers(texts.Count)} AS Number
            """;
    }

    private static string OfTexts(string column, IReadOnlyList<string> texts, PublishScope scope) => $"""
        SELECT {SqlText.NumberIn(texts, $"toString({column})")} AS Number, min({FleetSchema.TimeUnixNano}) AS First
        FROM {scope.From} WHERE {scope.WhereInProject} GROUP BY Number, ProjectId
        """;

    private static FirstUse UseOf(string text, object?[] row)
    {
        long[] moments = (long[])row[3]!;
        return new(text, (long)row[1]!, UnixTime.Ticks((long)row[2]!), UnixTime.Ticks(moments[0]), UnixTime.Ticks(moments[1]));
    }
}
