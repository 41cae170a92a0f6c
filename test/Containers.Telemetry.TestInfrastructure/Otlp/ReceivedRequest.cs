using System.Text;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>A request whose body an <see cref="OtlpReceiver"/> has read to its end.</summary>
/// <param name="Method">The HTTP method in upper case.</param>
/// <param name="Path">The path without the query.</param>
/// <param name="Query">The query with its question mark, or an empty string.</param>
/// <param name="Headers">The headers as they came; names in any case.</param>
/// <param name="Body">The body, decompressed, and as JSON where it came in binary form.</param>
/// <param name="IsAccepted">True when it was answered with success, false when with anything else or not at all.</param>
public sealed record ReceivedRequest(
    string Method,
    string Path,
    string Query,
    IReadOnlyDictionary<string, string> Headers,
    ReadOnlyMemory<byte> Body,
    bool IsAccepted)
{
    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body.Span);

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Path}{Query}, {Body.Length} bytes, {(IsAccepted ? "accepted" : "not accepted")}";
}
