namespace Containers.Telemetry.TestInfrastructure;

/// <summary>A request that reached the registry.</summary>
/// <param name="Host">The Host header: the registry that the client wanted to reach.</param>
/// <param name="Method">The HTTP method in upper case.</param>
/// <param name="Path">The path without the query.</param>
/// <param name="Query">The query with its question mark, or an empty string.</param>
/// <param name="Status">The HTTP status; null before the answer, and if the connection ended without one.</param>
public sealed record RecordedRequest(string Host, string Method, string Path, string Query, int? Status)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Host}{Path}{Query} -> {Status?.ToString(null as IFormatProvider) ?? "(none)"}";
}
