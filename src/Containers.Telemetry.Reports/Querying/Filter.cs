using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Querying;

/// <summary>A condition on publishes: a tree of comparisons, as data.</summary>
/// <remarks><see cref="FilterParser"/> reads what <see cref="ToString"/> writes, where the dimensions are known.</remarks>
public abstract class Filter
{
    public abstract IEnumerable<Comparison> Comparisons { get; }

    public override string ToString() => ToText();

    /// <summary>Combines parts by "and". Parts of the same kind are flattened.</summary>
    public static Filter All(IEnumerable<Filter> parts)
    {
        Filter[] flat = [.. parts.SelectMany(static part => part is AllOf all ? all.Parts : [part])];
        return flat.Length == 1 ? flat[0] : new AllOf(flat);
    }

    /// <summary>Combines parts by "or". Parts of the same kind are flattened.</summary>
    public static Filter Any(IEnumerable<Filter> parts)
    {
        Filter[] flat = [.. parts.SelectMany(static part => part is AnyOf any ? any.Parts : [part])];
        return flat.Length == 1 ? flat[0] : new AnyOf(flat);
    }

    /// <summary>The text within a larger filter.</summary>
    internal abstract string ToText();
}

/// <summary>Matches publishes that match all parts.</summary>
/// <param name="parts">Two or more.</param>
public sealed class AllOf(IReadOnlyList<Filter> parts) : Filter
{
    /// <summary>Two or more; none of them an <see cref="AllOf"/>.</summary>
    public IReadOnlyList<Filter> Parts { get; } = parts;

    public override IEnumerable<Comparison> Comparisons => Parts.SelectMany(static part => part.Comparisons);

    internal override string ToText() => string.Join(" and ", Parts.Select(static part => part is AnyOf ? $"({part.ToText()})" : part.ToText()));
}

/// <summary>Matches publishes that match at least one part.</summary>
/// <param name="parts">Two or more.</param>
public sealed class AnyOf(IReadOnlyList<Filter> parts) : Filter
{
    /// <summary>Two or more; none of them an <see cref="AnyOf"/>.</summary>
    public IReadOnlyList<Filter> Parts { get; } = parts;

    public override IEnumerable<Comparison> Comparisons => Parts.SelectMany(static part => part.Comparisons);

    internal override string ToText() => string.Join(" or ", Parts.Select(static part => part.ToText()));
}

/// <summary>Compares a field with values.</summary>
/// <param name="values">One value, or several for <see cref="ComparisonOperator.Equal"/> and <see cref="ComparisonOperator.NotEqual"/>.</param>
public sealed class Comparison(ReportField field, ComparisonOperator comparison, IReadOnlyList<FilterValue> values) : Filter
{
    /// <summary>The field. A field with several values equals a value if one of them does.</summary>
    public ReportField Field { get; } = field;

    /// <summary>How it is compared.</summary>
    public ComparisonOperator Operator { get; } = comparison;

    /// <summary>The values to compare with: any of these, or none of these for <see cref="ComparisonOperator.NotEqual"/>.</summary>
    public IReadOnlyList<FilterValue> Values { get; } = values;

    public override IEnumerable<Comparison> Comparisons => [this];

    /// <summary>Whether a text matches; null for none. Case is ignored.</summary>
    public bool Accepts(string? text) => Operator switch
    {
        ComparisonOperator.Equal => EqualsOne(text),
        ComparisonOperator.NotEqual => !EqualsOne(text),
        _ => text is not null && VersionOrder.Accepts(Field, Operator, text, Values[0].Text),
    };

    /// <summary>Whether a publish that nothing ended matches a comparison of its outcome, which no event has: lists call it running or unfinished.</summary>
    public bool AcceptsUnended(bool isRunning) =>
        Values.Any(value => value.IsNone || value.Text == (isRunning ? ReportField.Running : ReportField.Unfinished)) == (Operator is ComparisonOperator.Equal);

    /// <summary>Whether several texts match; empty for none.</summary>
    public bool Accepts(IReadOnlyCollection<string> texts) =>
        (texts.Count == 0 ? EqualsOne((string?)null) : texts.Any(EqualsOne)) == (Operator is ComparisonOperator.Equal);

    /// <summary>Whether a number matches, or for a time its <see cref="DateTime.Ticks"/>, UTC; null for none.</summary>
    public bool Accepts(long? number) => Operator switch
    {
        ComparisonOperator.Equal => EqualsOne(number),
        ComparisonOperator.NotEqual => !EqualsOne(number),
        _ => number is { } value && Operator.Accepts(value.CompareTo(Values[0].Number)),
    };

    public override string ToString() => Values is [{ IsNone: true }] ? Field.Title + Operator.ToSign() : ToText();

    private bool EqualsOne(string? text) =>
        Values.Any(value => text is null ? value.IsNone : value.Text.Equals(text, StringComparison.OrdinalIgnoreCase));

    private bool EqualsOne(long? number) => Values.Any(value => number is null ? value.IsNone : !value.IsNone && value.Number == number);

    internal override string ToText() =>
        Field.Title + Operator.ToSign()
        + string.Join(',', Values.Select(static value => value.IsNone ? CellText.None : FilterParser.Quote(value.Text)));
}

/// <summary>A value that a field is compared with.</summary>
/// <param name="Text">In the form of the schema, without a unit; a moment is RFC 3339 in UTC. Empty for publishes without the field.</param>
/// <param name="Number">The number of a count; of a moment <see cref="DateTime.Ticks"/>, UTC; 0 for another kind.</param>
public readonly record struct FilterValue(string Text, long Number = 0)
{
    /// <summary>Whether it means publishes without the field.</summary>
    public bool IsNone => Text.Length == 0;
}
