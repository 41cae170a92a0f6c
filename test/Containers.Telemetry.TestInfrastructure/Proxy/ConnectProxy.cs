using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>
/// An HTTP proxy on the loopback interface. It terminates TLS with a certificate for the requested host, and passes the bytes to an <see
/// cref="OciRegistry"/>. It never connects to anything else, so that a publish to <c>ghcr.io</c> stays on the machine.
/// </summary>
public sealed class ConnectProxy : IAsyncDisposable
{
    /// <summary>The name in the host table for every host without an entry of its own.</summary>
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

    /// <summary>The requested tunnels so far, in order.</summary>
    public IReadOnlyList<ConnectRequest> Requests => [.. _requests];

    /// <summary>Starts a proxy with an empty host table on a free port.</summary>
    /// <param name="authority">Signs the certificates. The caller disposes of it.</param>
    public static Task<ConnectProxy> StartAsync(TestCertificateAuthority authority)
    {
        ConnectProxy proxy = new(authority);
        proxy._listener.Start();
        proxy._accepting = proxy.AcceptAsync();
        return Task.FromResult(proxy);
    }

    /// <summary>Adds hosts to the table. A host without an entry is <see cref="ProxyRoute.Unknown"/>.</summary>
    /// <param name="route">The proxy's answer to requests for these hosts.</param>
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

    /// <summary>The environment variables that make a child process use the proxy and trust its certificates.</summary>
    /// <param name="bypassLocalhost">
    /// Whether the process connects to localhost directly. Otherwise localhost needs an entry in the table like any other host.
    /// </param>
    public IReadOnlyDictionary<string, string> CreateEnvironment(bool bypassLocalhost = true)
    {
        string direct = bypassLocalhost ? "localhost,127.0.0.1" : "";

        // .NET reads both cases, lower case first; other programs read only one of them.
        return new Dictionary<string, string>
        {
            ["HTTPS_PROXY"] = Address.AbsoluteUri,
            ["https_proxy"] = Address.AbsoluteUri,
            ["NO_PROXY"] = direct,
            ["no_proxy"] = direct,
            ["SSL_CERT_FILE"] = _authority.PemPath,
        };
    }

    /// <summary>Stops the proxy and closes all tunnels.</summary>
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
                // The proxy is being disposed, and the loop ends.
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
            // The registry reset the connection, the client disconnected, or the client refused the certificate. After a reset the client must see
            // one, as without a proxy; in the other cases nobody reads.
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

        // The tunnel ends when either direction ends, because HTTP needs both.
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
