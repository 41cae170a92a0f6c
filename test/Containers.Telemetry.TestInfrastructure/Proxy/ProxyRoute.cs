namespace Containers.Telemetry.TestInfrastructure;

/// <summary>What a <see cref="ConnectProxy"/> does with a request for a host.</summary>
public sealed class ProxyRoute
{
    private ProxyRoute(OciRegistry? registry, bool isTrusted, int status)
    {
        Registry = registry;
        IsTrusted = isTrusted;
        Status = status;
    }

    /// <summary>502: how a host that has no address looks through a proxy.</summary>
    public static ProxyRoute Unknown { get; } = new(null, false, 502);

    /// <summary>403: how a host that the proxy's policy forbids looks.</summary>
    public static ProxyRoute Refused { get; } = new(null, false, 403);

    internal OciRegistry? Registry { get; }

    internal bool IsTrusted { get; }

    /// <summary>The status of the answer to CONNECT.</summary>
    internal int Status { get; }

    /// <summary>The registry answers in the host's name, with a certificate that the authority signed.</summary>
    public static ProxyRoute To(OciRegistry registry) => new(registry, isTrusted: true, 200);

    /// <summary>The registry answers in the host's name, with a certificate that nobody trusts.</summary>
    public static ProxyRoute ToUntrusted(OciRegistry registry) => new(registry, isTrusted: false, 200);
}
