namespace Containers.Telemetry.Reports.Querying;

public sealed record CompareSpec(CompareKind Kind)
{
    private const string Option = "--compare";
    private const string Previous = "previous";

    /// <summary>The moment between before and after; for <see cref="CompareKind.Moment"/> alone.</summary>
    public DateTimeOffset Moment { get; private init; }

    /// <summary>The publishes that are compared with; for <see cref="CompareKind.Values"/> alone.</summary>
    public Filter? Before { get; private init; }

    /// <summary>The publishes that are compared; for <see cref="CompareKind.Values"/> alone.</summary>
    public Filter? After { get; private init; }

    /// <summary>It as it is typed; for <see cref="CompareKind.Values"/> alone.</summary>
    private string Text { get; init; } = "";

    /// <summary>Reads <c>previous</c>, a moment, or <c>FIELD=A..B</c>.</summary>
    /// <exception cref="QueryException">It is none of them.</exception>
    internal static CompareSpec Parse(string text, QueryContext context)
    {
        if (text.Equals(Previous, StringComparison.OrdinalIgnoreCase))
        {
            return new CompareSpec(CompareKind.Previous);
        }

        if (text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals && text.IndexOf("..", equals, StringComparison.Ordinal) is > 0 and var dots)
        {
            ReportField field = context.FieldOf(Option, text[..equals].Trim());
            (Filter before, string typedBefore) = ValueOf(text[(equals + 1)..dots]);
            (Filter after, string typedAfter) = ValueOf(text[(dots + 2)..]);
            return new CompareSpec(CompareKind.Values) { Before = before, After = after, Text = $"{field}={typedBefore}..{typedAfter}" };

            // A value as the schema writes it, but a day, a week or a month as it was typed.
            (Filter Filter, string Text) ValueOf(string typed)
            {
                Filter filter = FilterValues.Compare(field, ComparisonOperator.Equal, [typed.Trim()], context);
                return (filter, filter is Comparison { Values: [var value] } ? value.Text : typed.Trim());
            }
        }

        return PointInTime.TryParse(text, context.Now, TimeZoneInfo.Utc, out DateTimeOffset moment)
            ? new CompareSpec(CompareKind.Moment) { Moment = moment }
            : throw new QueryException(
                Option,
                $"'{text}' is not a comparison: write previous, a moment ({PointInTime.Forms}), " +
                "or FIELD=A..B such as SdkVersion=10.0.300..10.0.401.");
    }

    public override string ToString() => Kind switch
    {
        CompareKind.Previous => Previous,
        CompareKind.Moment => PointInTime.Format(Moment),
        _ => Text,
    };
}

public enum CompareKind
{
    /// <summary>The period of the same length that ends where the query's begins.</summary>
    Previous,

    /// <summary>The publishes before a moment.</summary>
    Moment,

    /// <summary>Publishes with another value of a field.</summary>
    Values,
}
