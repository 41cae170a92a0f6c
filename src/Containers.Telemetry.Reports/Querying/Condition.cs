using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Querying;

/// <summary>A condition on a measure, such as <c>SuccessRate&lt;95</c>.</summary>
/// <param name="Value">The value to compare with: a fraction for a share, milliseconds, bytes, else a count.</param>
public sealed record Condition(Measure Measure, ComparisonOperator Operator, double Value)
{
    private const string Option = "--fail-if";

    /// <summary>
    /// Reads <c>MEASURE&lt;VALUE</c>, with <c>&lt;=</c>, <c>&gt;</c>, <c>&gt;=</c>, <c>=</c> or <c>!=</c>. Shares are percents, with the sign or
    /// without; times and sizes may have a unit.
    /// </summary>
    /// <exception cref="QueryException">It cannot be understood.</exception>
    internal static Condition Parse(string text)
    {
        int start = text.AsSpan().IndexOfAny("<>=!");
        if (start < 0 || ComparisonOperators.At(text.AsSpan(start)) is not { } comparison)
        {
            throw new QueryException(Option, $"'{text}' is not a condition: write MEASURE<VALUE, such as SuccessRate<95, or with >, <=, >=, =, !=.");
        }

        Measure measure = Measure.Parse(Option, text[..start].Trim());
        return new Condition(measure, comparison, ValueOf(measure, text[(start + comparison.ToSign().Length)..].Trim()));
    }

    /// <summary>Whether a cell meets it. One without a value does not.</summary>
    public bool IsMetBy(object? cell) => cell is long or double && Operator.Accepts(Convert.ToDouble(cell, CultureInfo.InvariantCulture).CompareTo(Value));

    /// <summary>Names the measure and a cell that meets the condition. A cell that would be rounded to the value of the condition is written whole.</summary>
    internal string Describe(object? cell)
    {
        ReportColumn column = Measure.Column;
        string text = column.Format(cell);
        object limit = column.Kind is ColumnKind.Percent ? Value : (object)(long)Value;
        bool looksLikeLimit = text == column.Format(limit) && !limit.Equals(cell);
        return $"{column.Id} {(looksLikeLimit ? Whole(column.Kind, cell) : text)}";
    }

    private static string Whole(ColumnKind kind, object? cell) => kind switch
    {
        ColumnKind.Percent => ((double)cell! * 100).ToString("0.######", CultureInfo.InvariantCulture) + " %",
        ColumnKind.Duration => Convert.ToString(cell, CultureInfo.InvariantCulture) + " ms",
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture) + " B",
    };

    private static double ValueOf(Measure measure, string text)
    {
        if (measure.Column.Kind is ColumnKind.Date)
        {
            throw new QueryException(Option, $"{measure.Column.Id} is a day, and a condition compares numbers. Use --since, --until, or --where with Time.");
        }

        string number = text.TrimEnd('%').TrimEnd();
        if (measure.Column.Kind is ColumnKind.Percent
            && decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal percent)
            && percent <= 100)
        {
            // Who types SuccessRate<0.95 means 95 %, and a condition that is never met would not tell.
            if (measure.Kind is MeasureKind.SuccessRate && percent is > 0 and < 1 && number == text)
            {
                string meant = (percent * 100).ToString("0.####", CultureInfo.InvariantCulture);
                throw new QueryException(Option, $"SuccessRate is a percentage, so '{text}' is less than 1 %: write {meant}%, or {text}%.");
            }

            // Divided in decimal digits, so that 999 of 1,000 are 99.9 %, and no less.
            return (double)(percent / 100);
        }

        string? unit = measure.Column.Kind switch { ColumnKind.Duration => "ms", ColumnKind.Bytes => "bytes", _ => null };
        return measure.Column.Kind is ColumnKind.Count or ColumnKind.Duration or ColumnKind.Bytes && Quantity.TryParse(text, unit, out long value)
            ? value
            : throw new QueryException(
                Option,
                $"{measure.Column.Id} cannot be '{text}': " +
                $"write {(measure.Column.Kind is ColumnKind.Percent ? "a percentage such as 95" : Quantity.Forms(unit))}.");
    }
}
