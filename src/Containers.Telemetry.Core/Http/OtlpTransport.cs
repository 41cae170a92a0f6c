using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Http;

/// <summary>The connections that requests to an OTLP endpoint share.</summary>
internal sealed class OtlpTransport : IDisposable
{
    private readonly HttpMessageInvoker _invoker;
    private readonly string? _certificateFile;
    private readonly ClientCertificateFiles? _clientCertificate;
    private readonly bool _usesProxy;
    private readonly bool _isUnderLocalhost;

    /// <summary>Prepares connections for a destination; none is opened yet.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The file of certificate authorities is not PEM.</exception>
    public OtlpTransport(OtlpDestination destination)
    {
        _certificateFile = destination.CertificateFile;
        _clientCertificate = destination.ClientCertificate;
        _usesProxy = UsesProxy(destination);
        _isUnderLocalhost = OtlpDestination.IsUnderLocalhost(destination.Address.Host);

        SocketsHttpHandler handler = new()
        {
            // No handler that would add the build's trace context.
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            // The rest of a response that is too long is not read.
            MaxResponseDrainSize = 0,
            UseCookies = false,
            UseProxy = _usesProxy,
        };

        if (_certificateFile is not null)
        {
            handler.SslOptions.CertificateChainPolicy = TrustOnly(_certificateFile);
        }

        if (_clientCertificate is not null)
        {
            handler.SslOptions.ClientCertificates = [Load(_clientCertificate)];
        }

        if (_isUnderLocalhost)
        {
            handler.ConnectCallback = ConnectToThisMachineAsync;
        }

        _invoker = new HttpMessageInvoker(handler, disposeHandler: true);
    }

    /// <summary>Whether requests to another destination can use these connections too.</summary>
    public bool IsFor(OtlpDestination destination) =>
        _certificateFile == destination.CertificateFile
        && _clientCertificate == destination.ClientCertificate
        && _usesProxy == UsesProxy(destination)
        && _isUnderLocalhost == OtlpDestination.IsUnderLocalhost(destination.Address.Host);

    /// <summary>Sends a request and returns as soon as the head of the response is there.</summary>
    /// <remarks>HTTP/2 has no synchronous form, so this method blocks on it.</remarks>
    public HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Version.Major == 1 ? _invoker.Send(request, cancellationToken) : _invoker.SendAsync(request, cancellationToken).GetAwaiter().GetResult();

    public void Dispose() => _invoker.Dispose();

    // Requests to this machine must not leave it through a proxy. Reading the proxy's variables costs time, too. The framework reads them, but
    // ignores that an asterisk excludes all hosts, as in curl.
    private static bool UsesProxy(OtlpDestination destination) =>
        !destination.IsThisMachine && !ExcludesAllHosts(Environment.GetEnvironmentVariable("no_proxy") ?? Environment.GetEnvironmentVariable("NO_PROXY"));

    /// <summary>Whether a value of <c>NO_PROXY</c> excludes all hosts.</summary>
    internal static bool ExcludesAllHosts(string? noProxy) => noProxy?.Trim() is "*";

    // Not every resolver resolves these names to this machine.
    private static async ValueTask<Stream> ConnectToThisMachineAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new DnsEndPoint("localhost", context.DnsEndPoint.Port), cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static X509Certificate2 Load(ClientCertificateFiles files)
    {
        X509Certificate2 certificate = X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        // TLS on Windows does not accept a key that is only in memory.
        using (certificate)
        {
            return new X509Certificate2(certificate.Export(X509ContentType.Pkcs12));
        }
    }

    private static X509ChainPolicy TrustOnly(string certificateFile)
    {
        X509ChainPolicy policy = new()
        {
            RevocationMode = X509RevocationMode.NoCheck,
            TrustMode = X509ChainTrustMode.CustomRootTrust,
        };

        policy.CustomTrustStore.ImportFromPem(PlainFile.ReadStart(certificateFile, OtlpSettingsReader.MaxCertificateBytes));
        return policy;
    }
}
