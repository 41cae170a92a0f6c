namespace Containers.Telemetry.Endpoints;

/// <summary>The names that settings and files have for protocols.</summary>
internal static class OtlpProtocolName
{
    /// <summary>The name of a protocol.</summary>
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
