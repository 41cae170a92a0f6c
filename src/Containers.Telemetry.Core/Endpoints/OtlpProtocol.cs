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

/// <summary>The names of protocols in settings and files.</summary>
internal static class OtlpProtocolName
{
    public static string Of(OtlpProtocol protocol) => protocol switch
    {
        OtlpProtocol.Grpc => "grpc",
        OtlpProtocol.HttpJson => "http/json",
        _ => "http/protobuf",
    };

    /// <summary>The protocol of a name, in any case; null when there is none.</summary>
    public static OtlpProtocol? TryParse(string name)
    {
        foreach (OtlpProtocol protocol in (ReadOnlySpan<OtlpProtocol>)[OtlpProtocol.HttpProtobuf, OtlpProtocol.HttpJson, OtlpProtocol.Grpc])
        {
            if (name.Equals(Of(protocol), StringComparison.OrdinalIgnoreCase))
            {
                return protocol;
            }
        }

        return null;
    }
}
