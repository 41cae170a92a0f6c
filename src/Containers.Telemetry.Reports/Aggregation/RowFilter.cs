using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>A filter for rows, whose values are small numbers.</summary>
internal abstract class RowFilter
{
    public abstract bool Passes(PublishRow row);

    /// <param name="filter">The filter; null matches all.</param>
    /// <param name="layout">The columns, after the publishes were read.</param>
    /// <param name="running">The rows of the publishes that may be running.</param>
    /// <exception cref="QueryException">The beginning of an identifier is that of several.</exception>
    public static RowFilter Of(Filter? filter, RecordLayout layout, IReadOnlySet<int> running) => filter switch
    {
        null => new AllRows([]),
        AllOf all => new AllRows([.. all.Parts.Select(part => Of(part, layout, running))]),
        AnyOf any => new AnyRows([.. any.Parts.Select(part => Of(part, layout, running))]),
        _ => Of((Comparison)filter, layout, running),
    };

    private static RowFilter Of(Comparison comparison, RecordLayout layout, IReadOnlySet<int> running) =>
        comparison.Field.Shape is FieldShape.Time ? new TimeRows(comparison) : layout[comparison.Field] switch
        {
            TextColumn column when comparison.Field.IsOutcome => new OutcomeRows(column, comparison, running),
            NumberColumn column => new NumberRows(column, comparison),
            IdentifierColumn column => new IdentifierRows(column, comparison),
            TextSetColumn column => new EachValueOnce(column, number => comparison.Accepts(column.Sets.TextsOf(number))),
            var column => new EachValueOnce(column, number => comparison.Accepts(number == 0 ? null : ((TextColumn)column).Texts.TextOf(number))),
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

        private static long? NumberOf(IdentifierColumn column, FilterValue value)
        {
            if (value.IsNone || !IdentifierBeginning.TryParse(value.Text, out IdentifierBeginning beginning))
            {
                return value.IsNone ? 0 : null;
            }

            return beginning.Resolve(column.Field, column.Identifiers.BeginningWith) is { } only ? column.Identifiers.Find(only) : null;
        }
    }

    private sealed class OutcomeRows(TextColumn column, Comparison comparison, IReadOnlySet<int> running) : RowFilter
    {
        public override bool Passes(PublishRow row) => row.Outcome is PublishOutcome.Unknown
            ? comparison.AcceptsUnended(running.Contains(row.Number))
            : comparison.Accepts(column.Read(row) is var number and not 0 ? column.Texts.TextOf((int)number) : null);
    }

    /// <summary>Tests each different number of a column once.</summary>
    private sealed class EachValueOnce(FieldColumn column, Func<int, bool> passes) : RowFilter
    {
        private readonly Dictionary<long, bool> _known = [];

        public override bool Passes(PublishRow row)
        {
            long number = column.Read(row);
            if (!_known.TryGetValue(number, out bool isPassed))
            {
                isPassed = passes((int)number);
                _known.Add(number, isPassed);
            }

            return isPassed;
        }
    }
}
