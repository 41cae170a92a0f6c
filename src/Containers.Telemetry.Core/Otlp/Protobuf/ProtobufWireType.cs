namespace Containers.Telemetry.Otlp.Protobuf;

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
