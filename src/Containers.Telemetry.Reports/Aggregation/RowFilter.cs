using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>A filter as it is applied to rows, whose values are small numbers.</summary>
internal abstract class RowFilter
{
    /// <summary>Whether a publish passes.</summary>
    public abstract bool Passes(PublishRow row);

    /// <summary>Makes a filter fit for rows.</summary>
    /// <param name="filter">The filter; null passes all.</param>
    /// <param name="layout">The columns, after the publishes were read.</param>
    public static RowFilter Of(Filter? filter, RecordLayout layout) => filter switch
    {
        null => new AllRows([]),
        AllOf all => new AllRows([.. all.Parts.Select(part => Of(part, layout))]),
        AnyOf any => new AnyRows([.. any.Parts.Select(part => Of(part, layout))]),
        _ => Of((Comparison)filter, layout),
    };

    private static RowFilter Of(Comparison comparison, RecordLayout layout) =>
        comparison.Field.Shape is FieldShape.Time ? new TimeRows(comparison) : layout[comparison.Field] switch
        {
            NumberColumn column => new NumberRows(column, comparison),
            IdentifierColumn column => new IdentifierRows(column, comparison),
            TextSetColumn column => new SetRows(column, comparison),
            var column => new TextRows((TextColumn)column, comparison),
        };

    private sealed class AllRows(RowFilter[] parts) : RowFilter
    {
        public override bool Passes(PublishRow row)
        {
            foreach (RowFilter part in parts)
            {
                if (!part.Passes(row))
                {
                    return false;
                }
            }

            return true;
        }
    }

    private sealed class AnyRows(RowFilter[] parts) : RowFilter
    {
        public override bool Passes(PublishRow row)
        {
            foreach (RowFilter part in parts)
            {
                if (part.Passes(row))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private sealed class TimeRows(Comparison comparison) : RowFilter
    {
        public override bool Passes(PublishRow row) => comparison.Accepts(row.Time);
    }

    private sealed class NumberRows(NumberColumn column, Comparison comparison) : RowFilter
    {
        public override bool Passes(PublishRow row) => comparison.Accepts(column.Read(row) is var number and not 0 ? number - 1 : null);
    }

    private sealed class IdentifierRows(IdentifierColumn column, Comparison comparison) : RowFilter
    {
        private readonly HashSet<long> _numbers = [.. comparison.Values.Select(value => NumberOf(column, value)).OfType<long>()];

        public override bool Passes(PublishRow row) => _numbers.Contains(column.Read(row)) == (comparison.Operator is ComparisonOperator.Equal);

        private static long? NumberOf(IdentifierColumn column, FilterValue value) =>
            value.IsNone ? 0 : Identifier.TryParse(value.Text, out Identifier identifier) ? column.Identifiers.Find(identifier) : null;
    }

    private sealed class TextRows(TextColumn column, Comparison comparison) : RowFilter
    {
        private readonly Dictionary<long, bool> _known = [];

        public override bool Passes(PublishRow row)
        {
            long number = column.Read(row);
            if (!_known.TryGetValue(number, out bool passes))
            {
                passes = comparison.Accepts(number == 0 ? null : column.Texts.TextOf((int)number));
                _known.Add(number, passes);
            }

            return passes;
        }
    }

    private sealed class SetRows(TextSetColumn column, Comparison comparison) : RowFilter
    {
        private readonly Dictionary<long, bool> _known = [];

        public override bool Passes(PublishRow row)
        {
            long number = column.Read(row);
            if (!_known.TryGetValue(number, out bool passes))
            {
                var texts = new List<string>();
                foreach (int element in column.Sets.ElementsOf((int)number))
                {
                    texts.Add(column.Sets.Elements.TextOf(element));
                }

                passes = comparison.Accepts(texts);
                _known.Add(number, passes);
            }

            return passes;
        }
    }
}
