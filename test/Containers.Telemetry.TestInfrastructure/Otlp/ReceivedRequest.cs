using System.Text;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>A request whose complete body an <see cref="OtlpReceiver"/> has read.</summary>
/// <param name="Method">The HTTP method in upper case.</param>
/// <param name="Path">The path without the query.</param>
/// <param name="Query">The query with its question mark, or an empty string.</param>
/// <param name="Headers">The headers; names in any case.</param>
/// <param name="Body">The body, decompressed, and as JSON if it was binary.</param>
/// <param name="IsAccepted">Whether the answer was a success; false without an answer.</param>
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
