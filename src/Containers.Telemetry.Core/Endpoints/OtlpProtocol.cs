namespace Containers.Telemetry.Endpoints;

/// <summary>The protocols of the OpenTelemetry specification, by which requests are sent.</summary>
public enum OtlpProtocol
{
    /// <summary><c>http/protobuf</c>: the binary form over HTTP/1.1. The default of the specification.</summary>
    HttpProtobuf,

    /// <summary><c>http/json</c>: JSON over HTTP/1.1.</summary>
    HttpJson,

    /// <summary><c>grpc</c>: the binary form in a unary call over HTTP/2.</summary>
    Grpc,
}
