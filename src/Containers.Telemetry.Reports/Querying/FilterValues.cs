using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Reports.Querying;

internal static class FilterValues
{
    private const string Option = FilterParser.Option;

    // The week or the month around a moment must be in range, too.
    private static readonly DateTimeOffset Earliest = DateTimeOffset.MinValue.AddYears(1);
    private static readonly DateTimeOffset Latest = DateTimeOffset.MaxValue.AddYears(-1);

    /// <summary>Returns the comparison of a field with values as they were typed.</summary>
    /// <exception cref="QueryException">The field has no such value, or no such comparison.</exception>
    public static Filter Compare(ReportField field, ComparisonOperator comparison, List<string> texts, QueryContext context)
    {
        bool isOrdered = comparison is not (ComparisonOperator.Equal or ComparisonOperator.NotEqual);
        if (isOrdered && texts is not [{ Length: > 0 }])
        {
            throw new QueryException(
                Option,
                texts is [""] ? $"{field}{comparison.ToSign()} has no value to compare with." : $"{field} can be smaller or larger than one value only.");
        }

        if (field.Shape is FieldShape.Time)
        {
            return CompareTimes(field, comparison, texts, context);
        }

        if (isOrdered && field.Shape is not FieldShape.Number && !VersionOrder.Applies(field))
        {
            throw new QueryException(Option, $"{field} has no order: compare it by = or !=.");
        }

        if (isOrdered && VersionOrder.Applies(field) && !VersionOrder.IsVersion(texts[0]))
        {
            throw new QueryException(Option, $"{field} has the order of versions, and '{texts[0]}' is none: write one such as {field.Example}.");
        }

        return new Comparison(field, comparison, [.. texts.SelectMany(text => ValuesOf(field, text, context))]);
    }

    // A name may stand for several projects, and for the pseudonyms of one with earlier keys.
    private static IEnumerable<FilterValue> ValuesOf(ReportField field, string text, QueryContext context) =>
        context.IdsOf(field, text) is { Count: > 0 } ids ? ids.Select(static id => new FilterValue(id)) : [ValueOf(field, text)];

    private static FilterValue ValueOf(ReportField field, string text)
    {
        if (text.Length == 0)
        {
            return new FilterValue("");
        }

        if (field.Shape is FieldShape.Number)
        {
            long number = Quantity.TryParse(text, field.SchemaField?.Unit, out long parsed)
                ? parsed
                : throw new QueryException(Option, $"{field} cannot be '{text}': write {Quantity.Forms(field.SchemaField?.Unit)}.");
            return new FilterValue(number.ToString(CultureInfo.InvariantCulture), number);
        }

        return new FilterValue(TextOf(field, text));
    }

    private static string TextOf(ReportField field, string text)
    {
        switch (field.SchemaField?.Kind)
        {
            case FieldKind.Identifier or FieldKind.KeyedHash:
                return Storage.IdentifierBeginning.TryParse(text, out _)
                    ? text
                    : throw new QueryException(
                        Option,
                        $"{field} cannot be '{text}': write four or more of its first digits, as show and report print them, or all 32" +
                        (field.SchemaField == IdentityFields.ProjectId ? ", or a name that containers-telemetry projects lists." : "."));
            case FieldKind.TargetFramework:
                return char.IsAsciiDigit(text[0]) ? "net" + text : text;
        }

        string[] allowed = field.AllowedValues;
        string[] renamed = field.SchemaField?.AttributeValues ?? [];
        return allowed.Length == 0 ? text
            : Array.Find(allowed, known => known.Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? (Array.FindIndex(renamed, name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index ? allowed[index] : null)
            ?? throw new QueryException(QueryProblem.Unknown(Option, $"{field} cannot be '{text}'.", text, allowed));
    }

    /// <summary>A day or an hour is compared as a whole: after means after its end, before means before its beginning.</summary>
    private static Filter CompareTimes(ReportField field, ComparisonOperator comparison, List<string> texts, QueryContext context)
    {
        ReportField time = ReportField.Of(DetailFields.Time);
        (DateTimeOffset From, DateTimeOffset To)[] spans = [.. texts.Select(text => SpanOf(field, text, context))];
        return comparison switch
        {
            ComparisonOperator.Equal => Filter.Any(spans.Select(span =>
                Filter.All([At(ComparisonOperator.GreaterOrEqual, span.From), At(ComparisonOperator.Less, span.To)]))),
            ComparisonOperator.NotEqual => Filter.All(spans.Select(span =>
                Filter.Any([At(ComparisonOperator.Less, span.From), At(ComparisonOperator.GreaterOrEqual, span.To)]))),
            ComparisonOperator.Less => At(ComparisonOperator.Less, spans[0].From),
            ComparisonOperator.LessOrEqual => At(ComparisonOperator.Less, spans[0].To),
            ComparisonOperator.Greater => At(ComparisonOperator.GreaterOrEqual, spans[0].To),
            _ => At(ComparisonOperator.GreaterOrEqual, spans[0].From),
        };

        Comparison At(ComparisonOperator sign, DateTimeOffset moment) => new(time, sign, [new FilterValue(PointInTime.Format(moment), moment.UtcTicks)]);
    }

    private static (DateTimeOffset From, DateTimeOffset To) SpanOf(ReportField field, string text, QueryContext context)
    {
        if (!PointInTime.TryParseSpan(text, context.Now, TimeZoneInfo.Utc, out DateTimeOffset from, out DateTimeOffset to)
            || from < Earliest || to > Latest)
        {
            throw new QueryException(Option, $"'{text}' is not a time: write {PointInTime.Forms}.");
        }

        var day = new DateTimeOffset(from.UtcDateTime.Date, TimeSpan.Zero);
        switch (field.Derived)
        {
            case DerivedField.Hour:
                var hour = new DateTimeOffset(from.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);
                return (hour, to > hour.AddHours(1) ? to : hour.AddHours(1));
            case DerivedField.Day:
                return (day, day.AddDays(1));
            case DerivedField.Week:
                DateTimeOffset monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
                return (monday, monday.AddDays(7));
            case DerivedField.Month:
                DateTimeOffset first = day.AddDays(1 - day.Day);
                return (first, first.AddMonths(1));
            default:
                return (from, to);
        }
    }
}
