using System.Buffers.Binary;

namespace Containers.Telemetry.Otlp.Protobuf;

/// <summary>Writes the binary form of Protocol Buffers into memory that the next message reuses.</summary>
internal sealed class ProtobufWriter
{
    private const int MaxVarintLength = 10;

    private byte[] _buffer = new byte[4096];
    private int _length;

    /// <summary>The bytes written since the last <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public void Clear() => _length = 0;

    /// <summary>Writes a field of wire type VARINT.</summary>
    public void Varint(int field, ulong value)
    {
        Tag(field, ProtobufWireType.Varint);
        Varint(value);
    }

    /// <summary>Writes a field of wire type I32.</summary>
    public void Fixed32(int field, uint value)
    {
        Tag(field, ProtobufWireType.Fixed32);
        BinaryPrimitives.WriteUInt32LittleEndian(Reserve(sizeof(uint)), value);
        _length += sizeof(uint);
    }

    /// <summary>Writes a field of wire type I64.</summary>
    public void Fixed64(int field, ulong value)
    {
        Tag(field, ProtobufWireType.Fixed64);
        Fixed64(value);
    }

    /// <summary>Writes a value of a packed field of wire type I64.</summary>
    public void Fixed64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Reserve(sizeof(ulong)), value);
        _length += sizeof(ulong);
    }

    /// <summary>Begins a field of wire type LEN.</summary>
    /// <returns>The argument for <see cref="End"/>.</returns>
    public int Begin(int field)
    {
        Tag(field, ProtobufWireType.LengthDelimited);
        return _length;
    }

    /// <summary>Ends a field: puts its length, known only now, before its content.</summary>
    public void End(int start)
    {
        int content = _length - start;
        int prefix = VarintLength((ulong)content);
        Reserve(prefix);
        _buffer.AsSpan(start, content).CopyTo(_buffer.AsSpan(start + prefix));
        _length = start;
        Varint((ulong)content);
        _length += content;
    }

    /// <summary>Returns memory for at least a number of bytes of the field that was begun; <see cref="Advance"/> adds the written ones.</summary>
    public Span<byte> Reserve(int count)
    {
        if (_buffer.Length - _length < count)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        }

        return _buffer.AsSpan(_length);
    }

    /// <summary>Adds bytes that were written into the memory of <see cref="Reserve"/>.</summary>
    public void Advance(int count) => _length += count;

    private void Tag(int field, ProtobufWireType type) => Varint(((ulong)field << 3) | (ulong)type);

    private void Varint(ulong value)
    {
        Span<byte> rest = Reserve(MaxVarintLength);
        int length = 0;
        while (value >= 0x80)
        {
            rest[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        rest[length++] = (byte)value;
        _length += length;
    }

    private static int VarintLength(ulong value)
    {
        int length = 1;
        while (value >= 0x80)
        {
            value >>= 7;
            length++;
        }

        return length;
    }
}

/// <summary>How the value of a field is encoded (https://protobuf.dev/programming-guides/encoding/#structure).</summary>
internal enum ProtobufWireType
{
    /// <summary>An integer of one to ten bytes.</summary>
    Varint = 0,

    /// <summary>Eight bytes, the least significant first.</summary>
    Fixed64 = 1,

    /// <summary>A length as a varint, then as many bytes.</summary>
    LengthDelimited = 2,

    /// <summary>Four bytes, the least significant first.</summary>
    Fixed32 = 5,
}
