using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports;

/// <summary>Finds what a query names and no publish has. Which values there are is known only by what was read.</summary>
internal static class UnknownValues
{
    /// <summary>Returns a problem for each of them, with the nearest values that there are.</summary>
    public static IEnumerable<QueryProblem> In(ReportQuery query, RecordLayout layout) =>
        (query.Where?.Comparisons ?? []).SelectMany(comparison => In(comparison, layout)).Concat(query.By.Select(field => In(field, layout)).OfType<QueryProblem>());

    private static QueryProblem? In(ReportField field, RecordLayout layout) =>
        field.IsDimension && layout[field] is TextColumn { Texts.Count: 1 } ? new QueryProblem("--by", $"No publish has {field}.", []) : null;

    private static IEnumerable<QueryProblem> In(Comparison comparison, RecordLayout layout)
    {
        if (comparison.Operator is not (ComparisonOperator.Equal or ComparisonOperator.NotEqual) || comparison.Field.Shape is FieldShape.Time or FieldShape.Number)
        {
            yield break;
        }

        FieldColumn column = layout[comparison.Field];
        foreach (FilterValue value in comparison.Values.Where(value => !value.IsNone && !Has(column, value.Text)))
        {
            yield return new QueryProblem("--where", $"No publish has {comparison.Field} '{value.Text}'.", NearestNames.Find(value.Text, TextsOf(column)));
        }
    }

    private static bool Has(FieldColumn column, string text) => column switch
    {
        TextColumn texts => texts.Texts.Find(text) is not null,
        TextSetColumn sets => sets.Sets.Elements.Find(text) is not null,
        IdentifierColumn identifiers => Identifier.TryParse(text, out UInt128 identifier) && identifiers.Identifiers.Find(identifier) is not null,
        _ => true,
    };

    private static IReadOnlyList<string> TextsOf(FieldColumn column) => column switch
    {
        TextColumn texts => texts.Texts.Texts(),
        TextSetColumn sets => sets.Sets.Elements.Texts(),
        _ => [],
    };
}
