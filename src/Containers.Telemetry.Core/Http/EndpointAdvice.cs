namespace Containers.Telemetry.Http;

/// <summary>What a status that refuses a request means, and what mends it, in a sentence.</summary>
public static class EndpointAdvice
{
    /// <summary>The sentence for a status.</summary>
    public static string For(EndpointStatus status) => status switch
    {
        { Grpc: (int)GrpcStatusCode.Unauthenticated } or { Http: 401 } => "The endpoint wants other credentials: set OTEL_EXPORTER_OTLP_HEADERS.",
        { Grpc: (int)GrpcStatusCode.PermissionDenied } or { Http: 403 } => "The credentials do not allow this: set OTEL_EXPORTER_OTLP_HEADERS.",
        { Http: 407 } => "The proxy wants credentials: set them in HTTPS_PROXY, or exclude the host in NO_PROXY.",
        { Grpc: (int)GrpcStatusCode.Unimplemented or (int)GrpcStatusCode.NotFound } => "There is no OTLP service for this signal: correct the endpoint.",
        { Http: >= 300 and < 400 } => "Redirects are not followed: set the endpoint to the URL that it leads to.",
        { Http: 404 or 405 or 501 } => "There is no OTLP endpoint at this URL: correct its path or its port, 4318 for HTTP.",
        { Http: 413 } or { Grpc: (int)GrpcStatusCode.ResourceExhausted } => "A single record is more than the endpoint takes: raise its limit.",
        _ => "The endpoint may speak another protocol: set OTEL_EXPORTER_OTLP_PROTOCOL, or ContainersTelemetryProtocol beside ContainersTelemetryEndpoint, to http/protobuf, http/json or grpc.",
    };
}
