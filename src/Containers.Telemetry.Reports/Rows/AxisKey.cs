using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Storage;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Rows;

/// <summary>The source of an axis of <see cref="PublishRows"/>.</summary>
/// <param name="id">The id of the table columns that show them.</param>
internal abstract class AxisKey(string id)
{
    public string Id { get; } = id;

    /// <summary>Returns the axes of a report: all fields that it can group by.</summary>
    /// <param name="layout">The columns that are kept.</param>
    public static IReadOnlyList<AxisKey> For(IReadOnlyList<ReportField> by, RecordLayout layout, TimeBucket bucket) =>
    [
        .. by.Prepend(ReportField.Of(DetailFields.Time))
            .Concat(layout.Columns.Where(IsAxis).Select(static column => column.Field))
            .Select(field => Of(field, layout, bucket))
            .DistinctBy(static key => key.Id),
    ];

    /// <summary>Returns the number of a publish's value.</summary>
    public abstract long Read(PublishRow row);

    /// <summary>Returns the texts of a number, as tables show them: several texts for a publish that has several values.</summary>
    public abstract IReadOnlyList<string> TextsOf(long number);

    private static AxisKey Of(ReportField field, RecordLayout layout, TimeBucket bucket) =>
        field.Shape is FieldShape.Texts ? new SetKey((TextSetColumn)layout[field]) : new SingleKey(GroupKey.Of(field, layout, bucket));

    private static bool IsAxis(FieldColumn column) => column is TextColumn or TextSetColumn && column.Field.SchemaField != DetailFields.EndsPublish;

    private sealed class SingleKey(GroupKey key) : AxisKey(key.Column.Id)
    {
        private readonly List<long> _keys = [];

        public override long Read(PublishRow row)
        {
            _keys.Clear();
            key.Collect(row, _keys);
            return _keys[0];
        }

        public override IReadOnlyList<string> TextsOf(long number) => [CellText.ForPrograms(key.CellOf(number))];
    }

    /// <summary>The list of a publish's values as one.</summary>
    private sealed class SetKey(TextSetColumn column) : AxisKey(column.Field.Name)
    {
        public override long Read(PublishRow row) => column.Read(row);

        public override IReadOnlyList<string> TextsOf(long number) => number == 0 ? [CellText.None] : column.Sets.TextsOf((int)number);
    }
}
