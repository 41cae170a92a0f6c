using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>Writes the filter of a query in SQL.</summary>
/// <param name="isRunning">The condition on publishes that may be running.</param>
internal sealed class SqlFilter(OccurringValues values, string isRunning)
{
    private const string NoNumber = "-1";

    public string Write(Filter filter) => filter switch
    {
        AllOf all => string.Join(" AND ", all.Parts.Select(part => $"({Write(part)})")),
        AnyOf any => string.Join(" OR ", any.Parts.Select(part => $"({Write(part)})")),
        _ => Write((Comparison)filter),
    };

    private string Write(Comparison comparison) => comparison.Field.Shape switch
    {
        FieldShape.Time => CompareNumbers(
            FleetSchema.TimeUnixNano, comparison, static value => UnixTime.Nanoseconds(new DateTimeOffset(value.Number, TimeSpan.Zero))),
        FieldShape.Number => CompareNumbers(SqlField.ValueOf(comparison.Field), comparison, static value => value.IsNone ? -1 : value.Number),
        FieldShape.Texts => CompareSets(SqlField.ValueOf(comparison.Field), comparison),
        FieldShape.Identifier => CompareIdentifiers(SqlField.ValueOf(comparison.Field), comparison),
        _ when comparison.Field.IsOutcome => CompareOutcomes(comparison),
        // SQL does not know the order of versions. Few texts occur, so the matching ones are found here.
        _ => CompareTexts(comparison),
    };

    private static string CompareNumbers(string sql, Comparison comparison, Func<FilterValue, long> number)
    {
        string[] numbers = [.. comparison.Values.Select(value => SqlText.Number(number(value)))];
        return comparison.Operator switch
        {
            ComparisonOperator.Equal => $"{sql} IN ({string.Join(", ", numbers)})",
            ComparisonOperator.NotEqual => $"{sql} NOT IN ({string.Join(", ", numbers)})",
            ComparisonOperator.Less => $"{sql} < {numbers[0]} AND {sql} != {NoNumber}",
            ComparisonOperator.LessOrEqual => $"{sql} <= {numbers[0]} AND {sql} != {NoNumber}",
            ComparisonOperator.Greater => $"{sql} > {numbers[0]} AND {sql} != {NoNumber}",
            _ => $"{sql} >= {numbers[0]} AND {sql} != {NoNumber}",
        };
    }

    private static string CompareSets(string sql, Comparison comparison)
    {
        string has = ListText.HasAny(sql, comparison.Values.Where(static value => !value.IsNone).Select(static value => value.Text));
        if (comparison.Values.Any(static value => value.IsNone))
        {
            has = $"{has} OR {sql} = ''";
        }

        return comparison.Operator is ComparisonOperator.Equal ? $"({has})" : $"NOT ({has})";
    }

    private string CompareIdentifiers(string sql, Comparison comparison)
    {
        string[] wanted = [.. comparison.Values.Select(value => IdentifierOf(comparison.Field, value)).OfType<string>()];
        return wanted.Length == 0 ? comparison.Operator is ComparisonOperator.Equal ? "0" : "1"
            : $"{sql} {(comparison.Operator is ComparisonOperator.Equal ? "IN" : "NOT IN")} ({string.Join(", ", wanted)})";
    }

    private string? IdentifierOf(ReportField field, FilterValue value) => value.IsNone ? SqlText.NoIdentifier
        : IdentifierBeginning.TryParse(value.Text, out IdentifierBeginning beginning)
            && beginning.Resolve(field, some => values.BeginningWith(field, some)) is { } only ? SqlText.Identifier(only.ToGuid()) : null;

    private string CompareOutcomes(Comparison comparison)
    {
        string ended = $"(NOT {FleetQueries.IsOpen} AND {CompareTexts(comparison)})";
        string unended = (comparison.AcceptsUnended(isRunning: true), comparison.AcceptsUnended(isRunning: false)) switch
        {
            (true, true) => FleetQueries.IsOpen,
            (true, false) => $"({FleetQueries.IsOpen} AND {isRunning})",
            (false, true) => $"({FleetQueries.IsOpen} AND NOT {isRunning})",
            _ => "0",
        };
        return $"({ended} OR {unended})";
    }

    private string CompareTexts(Comparison comparison)
    {
        (string sql, IReadOnlyList<string> texts) = values.Of(comparison.Field);
        string[] accepted = [.. texts.Where(text => comparison.Accepts(text.Length == 0 ? null : text))];
        return accepted.Length == 0 ? "0" : $"{sql} IN {SqlText.Texts(accepted)}";
    }
}
