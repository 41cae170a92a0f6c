namespace Containers.Telemetry.Http;

/// <summary>The status with which an endpoint answers.</summary>
/// <param name="Http">The HTTP status code; 0 when there was no answer.</param>
/// <param name="Grpc">The gRPC status code; null when the answer has none.</param>
public readonly record struct EndpointStatus(int Http, int? Grpc = null)
{
    /// <summary>The status for people, such as <c>HTTP 503</c> or <c>gRPC status 14 (Unavailable)</c>.</summary>
    public override string ToString() => this switch
    {
        { Grpc: { } code } when Enum.IsDefined((GrpcStatusCode)code) => string.Create(
            CultureInfo.InvariantCulture, $"gRPC status {code} ({(GrpcStatusCode)code})"),
        { Grpc: { } code } => string.Create(CultureInfo.InvariantCulture, $"gRPC status {code}"),
        { Http: 0 } => "no answer",
        _ => string.Create(CultureInfo.InvariantCulture, $"HTTP {Http}"),
    };
}

/// <summary>The status codes of gRPC (https://grpc.github.io/grpc/core/md_doc_statuscodes.html).</summary>
internal enum GrpcStatusCode
{
    Ok = 0,
    Canceled = 1,
    Unknown = 2,
    InvalidArgument = 3,
    DeadlineExceeded = 4,
    NotFound = 5,
    AlreadyExists = 6,
    PermissionDenied = 7,
    ResourceExhausted = 8,
    FailedPrecondition = 9,
    Aborted = 10,
    OutOfRange = 11,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
    DataLoss = 15,
    Unauthenticated = 16,
}

/// <summary>The meaning and the remedy of a refusal, in a sentence.</summary>
public static class EndpointAdvice
{
    public static string For(EndpointStatus status) => status switch
    {
        { Grpc: (int)GrpcStatusCode.Unauthenticated } or { Http: 401 } => "The endpoint wants other credentials: set OTEL_EXPORTER_OTLP_HEADERS.",
        { Grpc: (int)GrpcStatusCode.PermissionDenied } or { Http: 403 } => "The credentials do not allow this: set OTEL_EXPORTER_OTLP_HEADERS.",
        { Http: 407 } => "The proxy wants credentials: set them in HTTPS_PROXY, or exclude the host in NO_PROXY.",
        { Grpc: (int)GrpcStatusCode.Unimplemented or (int)GrpcStatusCode.NotFound } => "There is no OTLP service for this signal: correct the endpoint.",
        { Http: >= 300 and < 400 } => "Redirects are not followed: set the endpoint to the target URL.",
        { Http: 404 or 405 or 501 } => "There is no OTLP endpoint at this URL: correct its path or its port, 4318 for HTTP.",
        { Http: 413 } or { Grpc: (int)GrpcStatusCode.ResourceExhausted } => "A single record is larger than the endpoint accepts: raise its limit.",
        _ => "The endpoint may speak another protocol: set OTEL_EXPORTER_OTLP_PROTOCOL, " +
            "or ContainersTelemetryProtocol beside ContainersTelemetryEndpoint, to http/protobuf, http/json or grpc.",
    };
}
