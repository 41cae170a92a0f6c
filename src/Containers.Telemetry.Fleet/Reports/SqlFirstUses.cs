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

    /// <summary>The query for the first uses of the values of a field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="scope">The publishes.</param>
    /// <param name="countsProjects">Whether the query counts the projects, too, as those that use the empty value.</param>
    /// <remarks>
    /// A project uses few lists, each of many elements, so the first uses of lists are computed before those of elements. A number stands for a list until
    /// then: any() would copy the text of each publish.
    /// </remarks>
    public static string Of(EventField field, PublishScope scope, bool countsProjects)
    {
        string column = FleetColumn.NameOf(field);
        string isInProject = $"FROM {scope.From} WHERE {scope.WhereInProject}";
        string values = ValuesOf(field, column, countsProjects);
        string texts = $"SELECT {TextKey.Of([column])} AS Text, arrayJoin({values}) AS Value FROM (SELECT DISTINCT {column} FROM {scope.From})";
        string firsts = IsList(field) || countsProjects
            ? $"""
                SELECT any(Value) AS Used, min(FirstOfText) AS First FROM (
                    SELECT {TextKey.Of([column])} AS Text, ProjectId, min({FleetSchema.TimeUnixNano}) AS FirstOfText
                    {isInProject} GROUP BY Text, ProjectId) AS uses
                GLOBAL ALL INNER JOIN ({texts}) AS texts USING (Text)
                GROUP BY {TextKey.Of(["Value"])}, ProjectId
                """
            : $"SELECT any({column}) AS Used, min({FleetSchema.TimeUnixNano}) AS First {isInProject} GROUP BY {TextKey.Of([column])}, ProjectId";
        return $"SELECT Used, toInt64(count()), min(First), {SqlPercentile.OfDifferent("First", "1", 50, 95)} FROM ({firsts}) GROUP BY Used";
    }

    /// <summary>Makes the uses of each field of rows.</summary>
    /// <param name="rows">The rows of each field, of which those of the first one count the projects.</param>
    public static IReadOnlyList<FirstUses> Read(IReadOnlyList<IReadOnlyList<object?[]>> rows)
    {
        long projects = rows[0].Where(IsOfAll).Select(static row => (long)row[1]!).FirstOrDefault();
        return [.. rows.Select(ofField => new FirstUses(projects, [.. ofField.Where(static row => !IsOfAll(row)).Select(UseOf)]))];
    }

    private static bool IsOfAll(object?[] row) => (string)row[0]! == Anything;

    private static FirstUse UseOf(object?[] row)
    {
        long[] moments = (long[])row[3]!;
        return new((string)row[0]!, (long)row[1]!, UnixTime.Ticks((long)row[2]!), UnixTime.Ticks(moments[0]), UnixTime.Ticks(moments[1]));
    }

    private static bool IsList(EventField field) => ReportField.Of(field).Shape is FieldShape.Texts;

    private static string ValuesOf(EventField field, string text, bool withAnything)
    {
        string values = IsList(field) ? ListText.ArrayOf(text) : $"if({text} = '', emptyArrayString(), [toString({text})])";
        return withAnything ? $"arrayConcat(['{Anything}'], {values})" : values;
    }
}
