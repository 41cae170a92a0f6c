namespace Containers.Telemetry.Otlp.Protobuf;

/// <summary>Reads the fields of one message in the binary form of Protocol Buffers, in order.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private const int MaxVarintLength = 10;

    private ReadOnlySpan<byte> _rest = message;

    public int Field { get; private set; }

    /// <summary>The value of a field of wire type VARINT; 0 for the others.</summary>
    public ulong Number { get; private set; }

    /// <summary>The content of a field of wire type LEN; empty for the others.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <returns>False at the end of the message, or if it is damaged.</returns>
    public bool Read()
    {
        Number = 0;
        Content = default;
        if (!TryReadVarint(out ulong tag) || tag >> 3 is 0 or > int.MaxValue)
        {
            return false;
        }

        Field = (int)(tag >> 3);
        switch ((ProtobufWireType)(tag & 7))
        {
            case ProtobufWireType.Varint:
                bool isRead = TryReadVarint(out ulong number);
                Number = number;
                return isRead;
            case ProtobufWireType.Fixed64:
                return TryTake(sizeof(ulong), out _);
            case ProtobufWireType.Fixed32:
                return TryTake(sizeof(uint), out _);
            case ProtobufWireType.LengthDelimited:
                bool isTaken = TryReadVarint(out ulong length) & TryTake(length, out ReadOnlySpan<byte> content);
                Content = content;
                return isTaken;
            default:
                return false;
        }
    }

    private bool TryTake(ulong length, out ReadOnlySpan<byte> taken)
    {
        taken = default;
        if (length > (ulong)_rest.Length)
        {
            return false;
        }

        taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }

    private bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (int i = 0; i < _rest.Length && i < MaxVarintLength; i++)
        {
            value |= (ulong)(_rest[i] & 0x7f) << (7 * i);
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
