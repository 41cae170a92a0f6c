using System.Globalization;

namespace Containers.Telemetry.Http;

/// <summary>The status with which an endpoint answers.</summary>
/// <param name="Http">The HTTP status code; 0 when there was no answer.</param>
/// <param name="Grpc">The gRPC status code; null when the answer has none.</param>
public readonly record struct EndpointStatus(int Http, int? Grpc = null)
{
    /// <summary>The status in words for a person, such as <c>HTTP 503</c> or <c>gRPC status 14 (Unavailable)</c>.</summary>
    public override string ToString() => this switch
    {
        { Grpc: { } code } when Enum.IsDefined((GrpcStatusCode)code) => string.Create(CultureInfo.InvariantCulture, $"gRPC status {code} ({(GrpcStatusCode)code})"),
        { Grpc: { } code } => string.Create(CultureInfo.InvariantCulture, $"gRPC status {code}"),
        { Http: 0 } => "no answer",
        _ => string.Create(CultureInfo.InvariantCulture, $"HTTP {Http}"),
    };
}
