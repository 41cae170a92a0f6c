using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Sections;

namespace Containers.Telemetry.Reports;

/// <summary>Finds values in a query that no publish has. Only the read events show which values exist.</summary>
internal static class UnknownValues
{
    /// <summary>Returns a problem for each of them, with the nearest existing values.</summary>
    public static IEnumerable<QueryProblem> In(ReportQuery query, IPublishSource source) =>
        In("--where", query.Where, source)
            .Concat(In("--compare", query.Compare?.Before, source))
            .Concat(In("--compare", query.Compare?.After, source))
            .Concat(query.By.Select(field => In(field, source)).OfType<QueryProblem>());

    private static IEnumerable<QueryProblem> In(string option, Filter? filter, IPublishSource source) =>
        (filter?.Comparisons ?? []).SelectMany(comparison => In(option, comparison, source));

    private static QueryProblem? In(ReportField field, IPublishSource source) =>
        field.IsDimension && source.TextsOf(field).Count == 0 ? new QueryProblem("--by", $"No publish has {field}.", []) : null;

    private static IEnumerable<QueryProblem> In(string option, Comparison comparison, IPublishSource source)
    {
        if (comparison.Operator is not (ComparisonOperator.Equal or ComparisonOperator.NotEqual)
            || comparison.Field.Shape is FieldShape.Time or FieldShape.Number)
        {
            yield break;
        }

        foreach (FilterValue value in comparison.Values.Where(value => !value.IsNone && !source.Has(comparison.Field, value.Text)))
        {
            yield return new QueryProblem(
                option,
                $"No publish has {comparison.Field} '{value.Text}'.",
                NearestNames.Find(value.Text, source.TextsOf(comparison.Field)));
        }
    }
}
