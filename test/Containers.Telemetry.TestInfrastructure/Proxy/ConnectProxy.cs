using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>
/// An HTTP proxy on the loopback interface that ends TLS itself, with a certificate for the host that is asked for, and hands the
/// bytes to an <see cref="OciRegistry"/>. It never connects to anything else, so that a publish to <c>ghcr.io</c> stays on the machine.
/// </summary>
public sealed class ConnectProxy : IAsyncDisposable
{
    /// <summary>The name in the host table that stands for every host without an entry of its own.</summary>
    public const string AnyHost = "*";

    private readonly ConcurrentDictionary<string, ProxyRoute> _routes = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<ConnectRequest> _requests = new();
    private readonly ConcurrentDictionary<Task, bool> _tunnels = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TestCertificateAuthority _authority;
    private Task _accepting = Task.CompletedTask;

    private ConnectProxy(TestCertificateAuthority authority) => _authority = authority;

    /// <summary>The address for <c>HTTPS_PROXY</c>.</summary>
    public Uri Address => new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port).Uri;

    /// <summary>The tunnels asked for so far, in order.</summary>
    public IReadOnlyList<ConnectRequest> Requests => [.. _requests];

    /// <summary>Starts a proxy on a free port that knows no host yet.</summary>
    /// <param name="authority">Signs the certificates. It stays the caller's to dispose.</param>
    public static Task<ConnectProxy> StartAsync(TestCertificateAuthority authority)
    {
        ConnectProxy proxy = new(authority);
        proxy._listener.Start();
        proxy._accepting = proxy.AcceptAsync();
        return Task.FromResult(proxy);
    }

    /// <summary>Enters hosts into the table; a host without an entry is <see cref="ProxyRoute.Unknown"/>.</summary>
    /// <param name="route">What the proxy does with a request for them.</param>
    /// <param name="hosts">
    /// Names without a port, or <see cref="AnyHost"/>. The .NET SDK calls <c>registry-1.docker.io</c> for <c>docker.io</c>.
    /// </param>
    public void Map(ProxyRoute route, params IEnumerable<string> hosts)
    {
        foreach (string host in hosts)
        {
            _routes[host] = route;
        }
    }

    /// <summary>Empties the table of hosts.</summary>
    public void Clear() => _routes.Clear();

    /// <summary>The environment variables by which a child process uses the proxy and trusts its certificates.</summary>
    /// <param name="bypassLocalhost">
    /// Whether the process reaches localhost directly. If not, localhost needs an entry in the table like any other host.
    /// </param>
    public IReadOnlyDictionary<string, string> CreateEnvironment(bool bypassLocalhost = true)
    {
        string direct = bypassLocalhost ? "localhost,127.0.0.1" : "";

        // .NET reads either case, the lower one first; other programs know one of them only.
        return new Dictionary<string, string>
        {
            ["HTTPS_PROXY"] = Address.AbsoluteUri,
            ["https_proxy"] = Address.AbsoluteUri,
            ["NO_PROXY"] = direct,
            ["no_proxy"] = direct,
            ["SSL_CERT_FILE"] = _authority.PemPath,
        };
    }

    /// <summary>Ends the proxy and all tunnels.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_tunnels.Keys);
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                Socket client = await _listener.AcceptSocketAsync(_stopping.Token);
                Task tunnel = ServeAsync(client);
                _tunnels[tunnel] = true;
                _ = tunnel.ContinueWith(ended => _tunnels.TryRemove(ended, out _), TaskScheduler.Default);
            }
            catch (OperationCanceledException)
            {
                // The proxy is being disposed; the loop's condition says the same.
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        await using NetworkStream stream = new(client, ownsSocket: true);

        try
        {
            if (await ConnectRequest.ReadAsync(stream, _stopping.Token) is not { } request)
            {
                await WriteStatusAsync(stream, 405);
                return;
            }

            _requests.Enqueue(request);
            ProxyRoute route = _routes.GetValueOrDefault(request.Host) ?? _routes.GetValueOrDefault(AnyHost, ProxyRoute.Unknown);
            await WriteStatusAsync(stream, route.Status);

            if (route.Registry is not null)
            {
                await TunnelAsync(stream, request.Host, route.Registry, route.IsTrusted);
            }
        }
        catch (Exception exception)
            when (exception is IOException or SocketException or AuthenticationException or OperationCanceledException)
        {
            // The registry reset the connection, the client went away, or it did not like the certificate: a reset is what the
            // client would see without a proxy, and nobody reads it in the other cases.
            client.Close(timeout: 0);
        }
    }

    private async Task TunnelAsync(NetworkStream client, string host, OciRegistry registry, bool isTrusted)
    {
        await using SslStream secured = new(client, leaveInnerStreamOpen: true);
        await secured.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificateContext = _authority.CertificateFor(host, isTrusted) },
            _stopping.Token);

        using TcpClient server = new();
        await server.ConnectAsync(IPAddress.Loopback, registry.Port, _stopping.Token);
        await using NetworkStream serverStream = server.GetStream();

        // The end of either direction is the end of the tunnel: HTTP needs both.
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        Task toServer = secured.CopyToAsync(serverStream, end.Token);
        Task toClient = serverStream.CopyToAsync(secured, end.Token);
        Task first = await Task.WhenAny(toServer, toClient);
        await end.CancelAsync();
        await Task.WhenAll(toServer, toClient).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    private async Task WriteStatusAsync(NetworkStream stream, int status)
    {
        // The answer that opens a tunnel must not have a length.
        string length = status == 200 ? "" : "Content-Length: 0\r\n";
        string head = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} \r\n{length}\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), _stopping.Token);
    }
}
