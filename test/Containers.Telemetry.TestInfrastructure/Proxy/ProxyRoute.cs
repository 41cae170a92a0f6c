namespace Containers.Telemetry.TestInfrastructure;

/// <summary>The answer of a <see cref="ConnectProxy"/> to a request for a host.</summary>
public sealed class ProxyRoute
{
    private ProxyRoute(OciRegistry? registry, bool isTrusted, int status)
    {
        Registry = registry;
        IsTrusted = isTrusted;
        Status = status;
    }

    /// <summary>502, as for a host that has no address.</summary>
    public static ProxyRoute Unknown { get; } = new(null, false, 502);

    /// <summary>403, as for a host that the proxy's policy forbids.</summary>
    public static ProxyRoute Refused { get; } = new(null, false, 403);

    internal OciRegistry? Registry { get; }

    internal bool IsTrusted { get; }

    /// <summary>The status of the answer to CONNECT.</summary>
    internal int Status { get; }

    /// <summary>The registry answers for the host, with a certificate from the authority.</summary>
    public static ProxyRoute To(OciRegistry registry) => new(registry, isTrusted: true, 200);

    /// <summary>The registry answers for the host, with an untrusted certificate.</summary>
    public static ProxyRoute ToUntrusted(OciRegistry registry) => new(registry, isTrusted: false, 200);
}
