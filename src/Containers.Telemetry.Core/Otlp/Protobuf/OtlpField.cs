namespace Containers.Telemetry.Otlp.Protobuf;

/// <summary>A field of an OTLP message.</summary>
/// <param name="name">Its name in JSON, UTF-8.</param>
/// <param name="number">Its number in the definition.</param>
/// <param name="kind">Its type.</param>
/// <param name="fields">Returns the fields of its message; null for another kind. A function, since messages contain each other.</param>
internal sealed class OtlpField(byte[] name, int number, OtlpFieldKind kind, Func<OtlpField[]?>? fields = null)
{
    public ReadOnlySpan<byte> Name => name;

    public int Number { get; } = number;

    public OtlpFieldKind Kind { get; } = kind;

    /// <summary>The fields of its message.</summary>
    public OtlpField[] Fields => fields!()!;
}

/// <summary>The types of fields that OTLP's messages have. 64-bit integers are texts in JSON, and are read as numbers, too.</summary>
internal enum OtlpFieldKind
{
    /// <summary>A message in a message.</summary>
    Message,

    /// <summary><c>string</c>.</summary>
    Text,

    /// <summary><c>bytes</c> that OTLP/JSON writes as hexadecimal digits: the ids of traces and spans.</summary>
    Hex,

    /// <summary><c>bytes</c> that JSON has as base64.</summary>
    Base64,

    /// <summary><c>bool</c>.</summary>
    Flag,

    /// <summary><c>int64</c>, <c>uint32</c> or an enumeration.</summary>
    Integer,

    /// <summary><c>double</c>.</summary>
    Real,

    /// <summary><c>fixed32</c>.</summary>
    Fixed32,

    /// <summary><c>fixed64</c>.</summary>
    Fixed64,

    /// <summary><c>sfixed64</c>.</summary>
    SignedFixed64,

    /// <summary>Any number of <c>fixed64</c>, packed.</summary>
    PackedFixed64,

    /// <summary>Any number of <c>double</c>, packed.</summary>
    PackedReal,
}
