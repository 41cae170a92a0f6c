using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Containers.Telemetry.Events;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Reports.Storage;

/// <summary>Where the rows of publishes keep a field, and what the small numbers there stand for.</summary>
internal abstract class FieldColumn(ReportField field, int index, int width)
{
    /// <summary>The field.</summary>
    public ReportField Field { get; } = field;

    /// <summary>The position among the columns.</summary>
    public int Index { get; } = index;

    /// <summary>Bytes a row: 1, 2, 4 or 8.</summary>
    public int Width { get; } = width;

    /// <summary>Where it begins in a row.</summary>
    public int Offset { get; init; }

    /// <summary>What stands in the row of a publish whose event leaves the field out.</summary>
    public virtual long Absent => 0;

    /// <summary>Numbers a value as an attribute carries it.</summary>
    public abstract long NumberOf(string text);

    /// <summary>Numbers a list of values as an attribute carries it.</summary>
    public virtual long NumberOf(IReadOnlyList<string> texts) => texts.Count == 0 ? 0 : NumberOf(texts[0]);

    /// <summary>Returns the number in a row.</summary>
    public long Read(ReadOnlySpan<byte> row)
    {
        ref byte start = ref Unsafe.Add(ref MemoryMarshal.GetReference(row), Offset);
        return Width switch
        {
            1 => start,
            2 => Unsafe.ReadUnaligned<ushort>(ref start),
            4 => Unsafe.ReadUnaligned<int>(ref start),
            _ => Unsafe.ReadUnaligned<long>(ref start),
        };
    }

    /// <summary>Puts a number into a row.</summary>
    public void Write(Span<byte> row, long number)
    {
        ref byte start = ref Unsafe.Add(ref MemoryMarshal.GetReference(row), Offset);
        switch (Width)
        {
            case 1:
                start = (byte)number;
                break;
            case 2:
                Unsafe.WriteUnaligned(ref start, (ushort)number);
                break;
            case 4:
                Unsafe.WriteUnaligned(ref start, (int)number);
                break;
            default:
                Unsafe.WriteUnaligned(ref start, number);
                break;
        }
    }

    /// <summary>Makes the column of a field.</summary>
    public static FieldColumn Create(ReportField field, int index, int offset) => field.Shape switch
    {
        FieldShape.Texts => new TextSetColumn(field, index) { Offset = offset },
        FieldShape.Identifier => new IdentifierColumn(field, index) { Offset = offset },
        FieldShape.Number => new NumberColumn(field, index) { Offset = offset },
        FieldShape.Text => new TextColumn(field, index) { Offset = offset },
        _ => throw new ArgumentException(field.Name + " is not kept in a column.", nameof(field)),
    };
}

/// <summary>One text a row.</summary>
internal sealed class TextColumn : FieldColumn
{
    private readonly EventField? _schemaField;
    private readonly long _absent;

    public TextColumn(ReportField field, int index)
        : base(field, index, IsNarrow(field) ? 1 : 2)
    {
        _schemaField = field.SchemaField;
        Texts = new TextDictionary(Width == 1 ? byte.MaxValue - 1 : ushort.MaxValue - 1);
        foreach (string allowed in _schemaField?.AllowedValues ?? [])
        {
            Texts.NumberOf(allowed);
        }

        // A value that the semantic convention has no name for is written by leaving the attribute out.
        _absent = 1 + Array.IndexOf(_schemaField?.AttributeValues ?? [], "");
    }

    /// <summary>What the numbers stand for.</summary>
    public TextDictionary Texts { get; }

    public override long Absent => _absent;

    public override long NumberOf(string text)
    {
        int renamed = Array.IndexOf(_schemaField?.AttributeValues ?? [], text);
        return Texts.NumberOf(renamed >= 0 ? _schemaField!.AllowedValues[renamed] : text);
    }

    private static bool IsNarrow(ReportField field) =>
        field.SchemaField is { Kind: FieldKind.Flag } or { Kind: FieldKind.Choice, AllowedValues.Length: < byte.MaxValue - 1 };
}

/// <summary>A list of texts a row.</summary>
internal sealed class TextSetColumn(ReportField field, int index) : FieldColumn(field, index, sizeof(ushort))
{
    /// <summary>What the numbers stand for.</summary>
    public TextSetDictionary Sets { get; } = new(new TextDictionary(ushort.MaxValue - 1), ushort.MaxValue - 1);

    public override long NumberOf(string text) => NumberOf([text]);

    public override long NumberOf(IReadOnlyList<string> texts) => Sets.NumberOf(texts);
}

/// <summary>An identifier a row.</summary>
internal sealed class IdentifierColumn(ReportField field, int index) : FieldColumn(field, index, sizeof(int))
{
    /// <summary>What the numbers stand for.</summary>
    public IdentifierDictionary Identifiers { get; } = new();

    public override long NumberOf(string text) => Identifier.TryParse(text, out UInt128 identifier) ? Identifiers.NumberOf(identifier) : 0;

    /// <summary>Returns a number other than 0 as it is written in events.</summary>
    public string TextOf(int number) => Identifier.Format(Identifiers.IdentifierOf(number), dashed: Field.SchemaField?.Kind is FieldKind.Identifier);
}

/// <summary>
/// A number a row, one higher than it is, so that 0 stands for none. Only sizes have eight bytes; other numbers end at two thousand million,
/// which are 24 days in milliseconds.
/// </summary>
internal sealed class NumberColumn(ReportField field, int index) : FieldColumn(field, index, field.SchemaField?.Unit == "bytes" ? sizeof(long) : sizeof(int))
{
    private readonly long _largest = field.SchemaField?.Unit == "bytes" ? long.MaxValue : int.MaxValue;

    public override long NumberOf(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? NumberOf(number) : 0;

    /// <summary>Returns what stands in a row for a number.</summary>
    public long NumberOf(ulong number) => (long)Math.Min(number, (ulong)_largest - 1) + 1;
}
