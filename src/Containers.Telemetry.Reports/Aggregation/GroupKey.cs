using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Storage;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Aggregation;

internal abstract class GroupKey(ReportColumn column)
{
    public ReportColumn Column { get; } = column;

    /// <summary>Appends the keys of a publish: one, or several for a field of several values.</summary>
    public abstract void Collect(PublishRow row, List<long> keys);

    public abstract object? CellOf(long key);

    /// <param name="layout">The columns that are kept.</param>
    /// <param name="bucket">The part of time to group by, if the field is the time without a part.</param>
    public static GroupKey Of(ReportField field, RecordLayout layout, TimeBucket bucket) =>
        field.Shape is FieldShape.Time ? new TimeKey(field, TimeKey.BucketOf(field) ?? bucket) : layout[field] switch
        {
            TextColumn column => new TextKey(column),
            TextSetColumn column => new TextSetKey(column),
            IdentifierColumn column => new IdentifierKey(column),
            NumberColumn column => new NumberKey(column),
            _ => throw new ArgumentException($"Nothing can be grouped by {field}.", nameof(field)),
        };

    private static ReportColumn ColumnOf(FieldColumn column, ColumnKind kind = ColumnKind.Text) =>
        new(column.Field.Name, column.Field.Title, kind) { IsKey = true };

    private sealed class TextKey(TextColumn column) : GroupKey(ColumnOf(column))
    {
        public override void Collect(PublishRow row, List<long> keys) => keys.Add(column.Read(row));

        public override object? CellOf(long key) => key == 0 ? CellText.None : column.Texts.TextOf((int)key);
    }

    private sealed class TextSetKey(TextSetColumn column) : GroupKey(ColumnOf(column))
    {
        public override void Collect(PublishRow row, List<long> keys)
        {
            ReadOnlySpan<int> elements = column.Sets.ElementsOf((int)column.Read(row));
            if (elements.IsEmpty)
            {
                keys.Add(0);
            }

            foreach (int element in elements)
            {
                keys.Add(element);
            }
        }

        public override object? CellOf(long key) => key == 0 ? CellText.None : column.Sets.Elements.TextOf((int)key);
    }

    private sealed class IdentifierKey(IdentifierColumn column) : GroupKey(ColumnOf(column))
    {
        public override void Collect(PublishRow row, List<long> keys) => keys.Add(column.Read(row));

        public override object? CellOf(long key) => key == 0 ? CellText.None : column.TextOf((int)key);
    }

    private sealed class NumberKey(NumberColumn column) : GroupKey(ColumnOf(column, ReportColumn.KindOf(column.Field.SchemaField)))
    {
        public override void Collect(PublishRow row, List<long> keys) => keys.Add(column.Read(row));

        public override object? CellOf(long key) => key == 0 ? null : key - 1;
    }
}

internal sealed class TimeKey(ReportField field, TimeBucket bucket)
    : GroupKey(ColumnOf(field, bucket))
{
    /// <summary>The part of time of a field; null for none.</summary>
    public static TimeBucket? BucketOf(ReportField field) => field.Derived switch
    {
        DerivedField.Hour => TimeBucket.Hour,
        DerivedField.Day => TimeBucket.Day,
        DerivedField.Week => TimeBucket.Week,
        DerivedField.Month => TimeBucket.Month,
        _ => null,
    };

    public static ReportColumn ColumnOf(ReportField field, TimeBucket bucket) =>
        new(field.Name, bucket.ToString(), bucket is TimeBucket.Hour ? ColumnKind.Time : ColumnKind.Date) { IsKey = true };

    public override void Collect(PublishRow row, List<long> keys) =>
        keys.Add(bucket is TimeBucket.Hour ? row.Time / TimeSpan.TicksPerHour : bucket.DayOf(row.Time).DayNumber);

    public override object? CellOf(long key) =>
        bucket is TimeBucket.Hour ? new DateTimeOffset(key * TimeSpan.TicksPerHour, TimeSpan.Zero) : DateOnly.FromDayNumber((int)key);
}
