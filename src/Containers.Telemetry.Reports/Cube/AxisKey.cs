using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Rendering;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Cube;

/// <summary>Where an axis of a <see cref="PublishCube"/> takes its values from.</summary>
/// <param name="id">The id of the table columns that show them.</param>
internal abstract class AxisKey(string id)
{
    /// <summary>The fields whose values can be filtered by where the report keeps them, beside time and transfers; the most important first.</summary>
    private static readonly Events.Schema.EventField[] Fields =
    [
        InferenceFields.PublishMode,
        SurroundingsFields.CiProvider,
        SurroundingsFields.SdkVersion,
        InferenceFields.BaseImage,
        InferenceFields.BaseImageTag,
        InferenceFields.ContainerFamily,
        SurroundingsFields.Host,
        InferenceFields.TargetRuntime,
        DetailFields.FeaturesUsed,
    ];

    public string Id { get; } = id;

    /// <summary>The axes that a report can have, the most important first.</summary>
    /// <param name="by">The fields that the query groups by.</param>
    /// <param name="layout">The columns that are kept.</param>
    /// <param name="bucket">What part of time publishes are grouped by.</param>
    public static AxisKey[] For(IReadOnlyList<ReportField> by, RecordLayout layout, TimeBucket bucket)
    {
        var keys = new List<AxisKey> { new SingleKey(GroupKey.Of(ReportField.Of(DetailFields.Time), layout, bucket)) };
        foreach (ReportField field in by)
        {
            Add(field);
        }

        AddField(OutcomeFields.Error);
        AddKept(ReportField.Of(DerivedField.PullType));
        AddKept(ReportField.Of(DerivedField.PushType));
        AddField(OutcomeFields.Direction);
        AddKept(ReportField.Of(DerivedField.Registry));

        Array.ForEach(Fields, AddField);
        return [.. keys.DistinctBy(static key => key.Id)];

        void AddField(Events.Schema.EventField field) => AddKept(ReportField.Of(field));

        void AddKept(ReportField field)
        {
            if (layout.Keeps(field))
            {
                Add(field);
            }
        }

        void Add(ReportField field) => keys.Add(
            field.Shape is FieldShape.Texts ? new SetKey((TextSetColumn)layout[field]) : new SingleKey(GroupKey.Of(field, layout, bucket)));
    }

    /// <summary>Returns the number of a publish's value.</summary>
    public abstract long Read(PublishRow row);

    /// <summary>Returns what a number stands for, as tables show it.</summary>
    public abstract IReadOnlyList<string> TextsOf(long number);

    private sealed class SingleKey(GroupKey key) : AxisKey(key.Column.Id)
    {
        private readonly List<long> _keys = [];

        public override long Read(PublishRow row)
        {
            _keys.Clear();
            key.Collect(row, _keys);
            return _keys[0];
        }

        public override IReadOnlyList<string> TextsOf(long number) => [DelimitedText.Of(key.CellOf(number))];
    }

    /// <summary>The list of a publish's values as one, so that no publish is counted twice.</summary>
    private sealed class SetKey(TextSetColumn column) : AxisKey(column.Field.Name)
    {
        public override long Read(PublishRow row) => column.Read(row);

        public override IReadOnlyList<string> TextsOf(long number)
        {
            ReadOnlySpan<int> elements = column.Sets.ElementsOf((int)number);
            if (elements.IsEmpty)
            {
                return [Tables.CellText.None];
            }

            var texts = new string[elements.Length];
            for (int i = 0; i < texts.Length; i++)
            {
                texts[i] = column.Sets.Elements.TextOf(elements[i]);
            }

            return texts;
        }
    }
}
