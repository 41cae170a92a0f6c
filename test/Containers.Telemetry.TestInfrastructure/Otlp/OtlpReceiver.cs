using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>An OTLP endpoint on the loopback interface that keeps its requests, and fails on demand.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<ReceivedRequest> _requests = [];
    private readonly ConcurrentQueue<ReceiverBehavior> _next = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly WebApplication _server;
    private int _received;
    private int _connections;

    private OtlpReceiver(int port, SslStreamCertificateContext? certificate, bool isGrpc = false, X509Certificate2? clientAuthority = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore()
            .UseKestrelHttpsConfiguration()
            .ConfigureKestrel(options => Configure(options, port, certificate, isGrpc ? HttpProtocols.Http2 : HttpProtocols.Http1, clientAuthority));

        _server = builder.Build();
        _server.Run(HandleAsync);
    }

    /// <summary>The TCP port on 127.0.0.1.</summary>
    public int Port { get; private set; }

    /// <summary>The base address, as in <c>ContainersTelemetryEndpoint</c>.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Whether requests are kept. Otherwise only their number is known, and memory does not grow.</summary>
    public bool KeepsRequests { get; init; } = true;

    /// <summary>The behaviour for requests beyond those of <see cref="Next"/>.</summary>
    public ReceiverBehavior Otherwise { get; set; } = ReceiverBehavior.Accept;

    /// <summary>The maximum length of a body as JSON; longer ones get 413. Null for no limit.</summary>
    public int? MaxBodyLength { get; set; }

    /// <summary>The requests with a complete body, in order of arrival.</summary>
    public IReadOnlyList<ReceivedRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>The number of requests with a complete body.</summary>
    public int RequestCount => Volatile.Read(ref _received);

    /// <summary>The number of connections so far.</summary>
    public int ConnectionCount => Volatile.Read(ref _connections);

    /// <summary>Starts a receiver that speaks plain HTTP.</summary>
    /// <param name="port">The TCP port; 0 for any free one.</param>
    /// <param name="keepsRequests">See <see cref="KeepsRequests"/>.</param>
    public static Task<OtlpReceiver> StartAsync(int port = 0, bool keepsRequests = true) =>
        StartAsync(new OtlpReceiver(port, certificate: null) { KeepsRequests = keepsRequests }, "http");

    /// <summary>Starts a receiver that speaks HTTPS.</summary>
    /// <param name="authority">The authority that signs its certificate.</param>
    /// <param name="asksForCertificate">Whether a client must show a certificate that the authority has signed.</param>
    public static Task<OtlpReceiver> StartAsync(TestCertificateAuthority authority, bool asksForCertificate = false) =>
        StartAsync(
            new OtlpReceiver(port: 0, authority.CertificateFor("127.0.0.1", isTrusted: true), clientAuthority: asksForCertificate ? authority.Root : null),
            "https");

    /// <summary>Starts a receiver that speaks only gRPC.</summary>
    /// <param name="authority">The authority that signs its certificate; null for no TLS.</param>
    public static Task<OtlpReceiver> StartGrpcAsync(TestCertificateAuthority? authority = null) =>
        StartAsync(new OtlpReceiver(port: 0, authority?.CertificateFor("127.0.0.1", isTrusted: true), isGrpc: true), authority is null ? "http" : "https");

    /// <summary>Sets the behaviour for the next requests, one after the other.</summary>
    public void Next(params ReadOnlySpan<ReceiverBehavior> behaviors)
    {
        foreach (ReceiverBehavior behavior in behaviors)
        {
            _next.Enqueue(behavior);
        }
    }

    /// <summary>Stops the server at once, including hanging requests.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _server.StopAsync(_stopping.Token);
        await _server.DisposeAsync();
        _stopping.Dispose();
    }

    private static async Task<OtlpReceiver> StartAsync(OtlpReceiver receiver, string scheme)
    {
        await receiver._server.StartAsync();
        receiver.Port = new Uri(receiver._server.Urls.Single()).Port;
        receiver.Address = new UriBuilder(scheme, "127.0.0.1", receiver.Port).Uri;
        return receiver;
    }

    private void Configure(
        KestrelServerOptions options, int port, SslStreamCertificateContext? certificate, HttpProtocols protocols, X509Certificate2? clientAuthority)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = null;

        // The server must not take a slow client on a busy machine for an attack.
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;

        options.Listen(IPAddress.Loopback, port, listener =>
        {
            listener.Protocols = protocols;
            listener.Use(next => connection =>
            {
                Interlocked.Increment(ref _connections);
                return next(connection);
            });

            if (certificate is not null)
            {
                listener.UseHttps(new TlsHandshakeCallbackOptions
                {
                    OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
                    {
                        ServerCertificateContext = certificate,
                        ApplicationProtocols = [protocols is HttpProtocols.Http2 ? SslApplicationProtocol.Http2 : SslApplicationProtocol.Http11],
                        ClientCertificateRequired = clientAuthority is not null,
                        RemoteCertificateValidationCallback = (_, shown, _, _) => clientAuthority is null || shown?.Issuer == clientAuthority.Subject,
                    }),
                });
            }
        });
    }

    private async Task HandleAsync(HttpContext context)
    {
        ReadOnlyMemory<byte> body = default;
        if (KeepsRequests)
        {
            body = await OtlpWire.ReadAsync(context.Request);
        }
        else
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
        }

        ReceiverBehavior behavior = body.Length > MaxBodyLength
            ? ReceiverBehavior.Status(StatusCodes.Status413PayloadTooLarge)
            : _next.TryDequeue(out ReceiverBehavior? next) ? next : Otherwise;

        // Kept before the client receives the answer, so that a test with the answer finds the request.
        Keep(context.Request, body, behavior);
        await behavior.ApplyAsync(context, _stopping.Token);
    }

    private void Keep(HttpRequest request, ReadOnlyMemory<byte> body, ReceiverBehavior behavior)
    {
        Interlocked.Increment(ref _received);

        if (!KeepsRequests)
        {
            return;
        }

        Dictionary<string, string> headers = request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        ReceivedRequest received = new(request.Method, request.Path.Value ?? "", request.QueryString.Value ?? "", headers, body, behavior.Accepts);

        lock (_lock)
        {
            _requests.Add(received);
        }
    }
}
