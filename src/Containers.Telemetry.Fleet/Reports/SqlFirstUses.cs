using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>The first uses of the values of fields in SQL, by the rule of <see cref="FirstUses"/>.</summary>
internal static class SqlFirstUses
{
    // The value that every project uses.
    private const string Anything = "";

    /// <summary>The query for the first uses of several fields, with each value prefixed by the number of its field.</summary>
    /// <param name="fields">The fields, at most ten: the number is a digit.</param>
    /// <param name="scope">The publishes.</param>
    /// <remarks>A project uses few lists, each of many elements, so the first uses of lists are computed before those of elements.</remarks>
    public static string Of(IReadOnlyList<EventField> fields, PublishScope scope)
    {
        string[] columns = [.. fields.Select(FleetColumn.NameOf)];
        IEnumerable<string> arrays = fields.Select(static (field, i) => FormattableString.Invariant($"arrayMap(value -> concat('{i}', value), {ValuesOf(field, TextKey.NameOf(i))})"));
        return $"""
            SELECT Used, toInt64(count()), min(First), {SqlPercentile.Of("First", "1", 50).Value}, {SqlPercentile.Of("First", "1", 95).Value} FROM (
                SELECT any(Value) AS Used, min(FirstOfTexts) AS First FROM (
                    SELECT arrayJoin(arrayConcat(['{Anything}'], {string.Join(", ", arrays)})) AS Value, ProjectId, FirstOfTexts FROM (
                        SELECT {string.Join(", ", TextKey.Taken(columns))}, ProjectId, min({FleetSchema.TimeUnixNano}) AS FirstOfTexts FROM {scope.From}
                        WHERE {scope.WhereInProject} GROUP BY {TextKey.Of(columns)}, ProjectId))
                GROUP BY {TextKey.Of(["Value"])}, ProjectId)
            GROUP BY Used
            """;
    }

    /// <summary>Makes the uses of each field of rows.</summary>
    public static IReadOnlyList<FirstUses> Read(IReadOnlyList<EventField> fields, IReadOnlyList<object?[]> rows)
    {
        long projects = rows.Where(static row => (string)row[0]! == Anything).Select(static row => (long)row[1]!).FirstOrDefault();
        return [.. fields.Select((_, i) => new FirstUses(projects, [.. rows.Where(row => ((string)row[0]!).StartsWith(SqlText.Number(i), StringComparison.Ordinal)).Select(UseOf)]))];
    }

    private static FirstUse UseOf(object?[] row) =>
        new(((string)row[0]!)[1..], (long)row[1]!, UnixTime.Ticks((long)row[2]!), UnixTime.Ticks((long)row[3]!), UnixTime.Ticks((long)row[4]!));

    private static string ValuesOf(EventField field, string text) =>
        ReportField.Of(field).Shape is FieldShape.Texts ? ListText.ArrayOf(text) : $"if({text} = '', emptyArrayString(), [toString({text})])";
}
