namespace Containers.Telemetry.Otlp.Protobuf;

/// <summary>A field of an OTLP message.</summary>
/// <param name="name">Its name in JSON, UTF-8.</param>
/// <param name="number">Its number in the definition.</param>
/// <param name="kind">Its type.</param>
/// <param name="message">The message that it holds, for <see cref="OtlpFieldKind.Message"/>.</param>
internal sealed class OtlpField(byte[] name, int number, OtlpFieldKind kind, OtlpMessage message = default)
{
    /// <summary>Its name in JSON, UTF-8.</summary>
    public ReadOnlySpan<byte> Name => name;

    /// <summary>Its number in the definition.</summary>
    public int Number { get; } = number;

    /// <summary>Its type.</summary>
    public OtlpFieldKind Kind { get; } = kind;

    /// <summary>The message that it holds, for <see cref="OtlpFieldKind.Message"/>.</summary>
    public OtlpMessage Message { get; } = message;
}
