using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>A filter as it is applied to rows, whose values are small numbers.</summary>
internal sealed class RowFilter
{
    private readonly FieldColumn _column;
    private readonly bool _isNegated;
    private readonly long? _number;

    /// <param name="filter">The filter.</param>
    /// <param name="layout">The columns, after the publishes were read.</param>
    public RowFilter(FieldFilter filter, RecordLayout layout)
    {
        Filter = filter;
        _column = layout[filter.Field];
        _isNegated = filter.IsNegated;
        _number = filter.Value.Length == 0 ? 0 : _column switch
        {
            TextColumn texts => texts.Texts.Find(filter.Value),
            TextSetColumn sets => sets.Sets.Elements.Find(filter.Value),
            IdentifierColumn identifiers => Identifier.TryParse(filter.Value, out UInt128 identifier) ? identifiers.Identifiers.Find(identifier) : null,
            _ => _column.NumberOf(filter.Value),
        };
    }

    /// <summary>The filter.</summary>
    public FieldFilter Filter { get; }

    /// <summary>The texts that were read, if the filter's value is not among them; null if it is, or if the field is of another kind.</summary>
    public IReadOnlyList<string>? TextsWithoutValue => _number is not null ? null : _column switch
    {
        TextColumn texts => texts.Texts.Texts(),
        TextSetColumn sets => sets.Sets.Elements.Texts(),
        _ => [],
    };

    public bool Passes(PublishRow row) => Has(_column.Read(row)) != _isNegated;

    private bool Has(long number)
    {
        if (_column is not TextSetColumn sets)
        {
            return number == _number;
        }

        ReadOnlySpan<int> elements = sets.Sets.ElementsOf((int)number);
        return _number == 0 ? elements.IsEmpty : _number is { } wanted && elements.Contains((int)wanted);
    }
}
