using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Containers.Telemetry.Store;

namespace Containers.Telemetry.Export;

/// <summary>The connections that requests to an OTLP endpoint share.</summary>
internal sealed class OtlpTransport : IDisposable
{
    /// <summary>The longest file of certificate authorities, in bytes: many times what all of the public ones take.</summary>
    public const int MaxCertificateBytes = 4 << 20;

    private readonly HttpMessageInvoker _invoker;
    private readonly string? _certificateFile;
    private readonly bool _usesProxy;

    /// <summary>Prepares connections as a destination asks for; none is opened yet.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The file of certificate authorities is no PEM file.</exception>
    public OtlpTransport(OtlpDestination destination)
    {
        _certificateFile = destination.CertificateFile;
        _usesProxy = UsesProxy(destination);

        SocketsHttpHandler handler = new()
        {
            // No trace context of the build's, and no handler that would add it.
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            // What is left of a response that is too long is not worth waiting for.
            MaxResponseDrainSize = 0,
            UseCookies = false,
            UseProxy = _usesProxy,
        };

        if (_certificateFile is not null)
        {
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = TrustOnly(_certificateFile) };
        }

        _invoker = new HttpMessageInvoker(handler, disposeHandler: true);
    }

    /// <summary>Whether requests to another destination can use these connections too.</summary>
    public bool IsFor(OtlpDestination destination) => _certificateFile == destination.CertificateFile && _usesProxy == UsesProxy(destination);

    /// <summary>Sends a request and returns as soon as the head of the response is there.</summary>
    public HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => _invoker.Send(request, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _invoker.Dispose();

    // What is meant for this machine must not leave it by way of a proxy. Reading the proxy's variables costs time, too.
    private static bool UsesProxy(OtlpDestination destination) => !destination.IsThisMachine;

    private static X509ChainPolicy TrustOnly(string certificateFile)
    {
        X509ChainPolicy policy = new()
        {
            RevocationMode = X509RevocationMode.NoCheck,
            TrustMode = X509ChainTrustMode.CustomRootTrust,
        };

        policy.CustomTrustStore.ImportFromPem(PlainFile.ReadStart(certificateFile, MaxCertificateBytes));
        return policy;
    }
}
