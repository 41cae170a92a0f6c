namespace Containers.Telemetry.Otlp.Protobuf;

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
}
