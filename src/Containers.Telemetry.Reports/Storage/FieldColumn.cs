using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Reports.Storage;

/// <summary>The values of a field, one number per publish, and the meaning of the numbers.</summary>
internal abstract class FieldColumn(ReportField field, int index, int width)
{
    public ReportField Field { get; } = field;

    public int Index { get; } = index;

    /// <summary>Bytes per row: 1, 2, 4 or 8.</summary>
    public int Width { get; } = width;

    public ColumnValues Values { get; } = ColumnValues.Create(width);

    /// <summary>The number of a publish without the field.</summary>
    public virtual long Absent => 0;

    /// <summary>Returns the number of an attribute's value.</summary>
    public abstract long NumberOf(string text);

    /// <summary>Returns the number of an attribute's list of values.</summary>
    public virtual long NumberOf(IReadOnlyList<string> texts) => texts.Count == 0 ? 0 : NumberOf(texts[0]);

    public long Read(int row) => Values[row];

    public long Read(PublishRow row) => Values[row.Number];

    public static FieldColumn Create(ReportField field, int index) => field.Shape switch
    {
        FieldShape.Texts => new TextSetColumn(field, index),
        FieldShape.Identifier => new IdentifierColumn(field, index),
        FieldShape.Number => new NumberColumn(field, index),
        FieldShape.Text => new TextColumn(field, index),
        _ => throw new ArgumentException(field.Name + " is not kept in a column.", nameof(field)),
    };
}

internal sealed class TextColumn : FieldColumn
{
    private readonly EventField? _schemaField;
    private readonly long _absent;

    public TextColumn(ReportField field, int index)
        : base(field, index, IsNarrow(field) ? 1 : 2)
    {
        _schemaField = field.SchemaField;
        Texts = new TextDictionary(Width == 1 ? byte.MaxValue - 1 : ushort.MaxValue - 1);
        foreach (string allowed in field.AllowedValues)
        {
            Texts.NumberOf(allowed);
        }

        // A value without a name in the semantic convention is written without the attribute.
        _absent = 1 + Array.IndexOf(_schemaField?.AttributeValues ?? [], "");
    }

    public TextDictionary Texts { get; }

    public override long Absent => _absent;

    public override long NumberOf(string text)
    {
        int renamed = Array.IndexOf(_schemaField?.AttributeValues ?? [], text);
        return Texts.NumberOf(renamed >= 0 ? _schemaField!.AllowedValues[renamed] : text);
    }

    private static bool IsNarrow(ReportField field) =>
        field.AllowedValues.Length is > 0 and < byte.MaxValue - 1 && field.SchemaField?.Kind is null or FieldKind.Flag or FieldKind.Choice;
}

internal sealed class TextSetColumn(ReportField field, int index) : FieldColumn(field, index, sizeof(ushort))
{
    public TextSetDictionary Sets { get; } = new(new TextDictionary(ushort.MaxValue - 1), ushort.MaxValue - 1);

    public override long NumberOf(string text) => NumberOf([text]);

    public override long NumberOf(IReadOnlyList<string> texts) => Sets.NumberOf(texts);
}

internal sealed class IdentifierColumn(ReportField field, int index) : FieldColumn(field, index, sizeof(int))
{
    public IdentifierDictionary Identifiers { get; } = new();

    public override long NumberOf(string text) => Identifier.TryParse(text, out Identifier identifier) ? Identifiers.NumberOf(identifier) : 0;

    /// <summary>Returns rows ordered by the number of their identifier. Rows with the same one keep their order.</summary>
    public int[] Sort(int[] rows)
    {
        int[] starts = new int[Identifiers.Limit + 1];
        foreach (int row in rows)
        {
            starts[Read(row) + 1]++;
        }

        for (int number = 1; number < starts.Length; number++)
        {
            starts[number] += starts[number - 1];
        }

        int[] sorted = new int[rows.Length];
        foreach (int row in rows)
        {
            sorted[starts[Read(row)]++] = row;
        }

        return sorted;
    }

    /// <summary>Returns the text in events of a number other than 0.</summary>
    public string TextOf(int number) => Identifiers.IdentifierOf(number).Format(dashed: Field.SchemaField?.Kind is FieldKind.Identifier);
}

/// <summary>One number per row, plus one, so that 0 means none. Only sizes have eight bytes; others end at 24 days in milliseconds.</summary>
internal sealed class NumberColumn(ReportField field, int index) : FieldColumn(field, index, field.SchemaField?.Unit == "bytes" ? sizeof(long) : sizeof(int))
{
    private readonly long _largest = field.SchemaField?.Unit == "bytes" ? long.MaxValue : int.MaxValue;

    public override long NumberOf(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? NumberOf(number) : 0;

    public long NumberOf(ulong number) => (long)Math.Min(number, (ulong)_largest - 1) + 1;
}
