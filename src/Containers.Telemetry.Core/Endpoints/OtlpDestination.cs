using System.Net;
using Containers.Telemetry.Hashing;
using Containers.Telemetry.Otlp;

namespace Containers.Telemetry.Endpoints;

/// <summary>The endpoint and protocol for the requests of one signal. It has no <c>ToString</c>, since its headers are secrets.</summary>
public sealed class OtlpDestination
{
    /// <summary>The default timeout of a request, from the specification.</summary>
    internal static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    private const int FolderNameLength = 32;

    /// <summary>A destination without further settings.</summary>
    /// <param name="address">The URL without a user's name and password.</param>
    /// <param name="folder">The folder's name; null for the one that belongs to the signal and the URL.</param>
    internal OtlpDestination(OtlpSignal signal, Uri address, string? folder = null)
    {
        Signal = signal;
        Address = address;
        KeptUrl = EndpointUrl.WithoutSecrets(address);
        Folder = folder ?? FolderFor(signal, address);
    }

    /// <summary>The signal that is sent there.</summary>
    public OtlpSignal Signal { get; }

    /// <summary>The URL for display, without anything that may be a secret. For gRPC it is only the server's.</summary>
    public string Url => Protocol is OtlpProtocol.Grpc ? EndpointUrl.ServerOf(Address) : KeptUrl;

    /// <summary>How requests are sent.</summary>
    public OtlpProtocol Protocol { get; internal init; }

    /// <summary>The protocol's name in the settings: <c>http/protobuf</c>, <c>http/json</c> or <c>grpc</c>.</summary>
    public string ProtocolName => OtlpProtocolName.Of(Protocol);

    /// <summary>The name of the folder that queues events of this signal for this URL: 32 lower-case hex digits. No event is sent to another.</summary>
    public string Folder { get; }

    /// <summary>Whether events are queued but not sent, because a setting is invalid without which the endpoint could reject them for good.</summary>
    public bool IsHeld { get; internal init; }

    /// <summary>True when a request needs more than the stored URL: headers, credentials, the rest of the URL or certificates.</summary>
    public bool NeedsSettings =>
        IsHeld || Headers.Count > 0 || CertificateFile is not null || ClientCertificate is not null || Address.AbsoluteUri != KeptUrl;

    /// <summary>The URL for storage, without anything that may be a secret.</summary>
    internal string KeptUrl { get; }

    /// <summary>The URL without a user's name and password. It has the path of OTLP/HTTP for gRPC, too: the protocol may be corrected later.</summary>
    internal Uri Address { get; }

    /// <summary>The URL that requests are sent to.</summary>
    internal Uri RequestAddress => Protocol is OtlpProtocol.Grpc ? new Uri(Address, MethodOf(Signal)) : Address;

    /// <summary>True when the host is this machine by its name or its loopback addresses.</summary>
    internal bool IsThisMachine => IsLoopback(Address);

    /// <summary>The headers that the user adds to each request.</summary>
    internal IReadOnlyList<NamedValue> Headers { get; init; } = [];

    /// <summary>The timeout of a request; <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> for no limit.</summary>
    internal TimeSpan Timeout { get; init; } = DefaultTimeout;

    internal bool IsCompressed { get; init; }

    /// <summary>A PEM file with the certificate authorities that are trusted instead of the machine's; null for the machine's.</summary>
    internal string? CertificateFile { get; init; }

    internal ClientCertificateFiles? ClientCertificate { get; init; }

    /// <summary>Whether a URL names this machine: <c>localhost</c>, a name under it (RFC 6761, section 6.3) or a loopback address.</summary>
    internal static bool IsLoopback(Uri address) =>
        address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || IsUnderLocalhost(address.Host)
        || (IPAddress.TryParse(address.DnsSafeHost, out IPAddress? ip) && IPAddress.IsLoopback(ip));

    /// <summary>Whether a name ends in <c>.localhost</c>, such as <c>collector.dev.localhost</c>.</summary>
    internal static bool IsUnderLocalhost(string host) => host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>The name of a signal, which is also the name of the folder of its events.</summary>
    public static string NameOf(OtlpSignal signal) => signal switch
    {
        OtlpSignal.Logs => "logs",
        OtlpSignal.Traces => "traces",
        _ => "metrics",
    };

    /// <summary>The name of the folder for a signal and a URL. Two signals to one URL have separate states.</summary>
    internal static string FolderFor(OtlpSignal signal, Uri address) =>
        Sha256.HexOf(Encoding.UTF8.GetBytes(NameOf(signal) + "\n" + address.AbsoluteUri))[..FolderNameLength];

    // A service's full name and its method.
    private static string MethodOf(OtlpSignal signal) => signal switch
    {
        OtlpSignal.Logs => "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
        OtlpSignal.Traces => "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
        _ => "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
    };
}

/// <summary>The PEM files that authenticate a client.</summary>
/// <param name="Certificate">Path of the file with the client's certificate, and the intermediate ones.</param>
/// <param name="Key">Path of the file with its private key.</param>
internal sealed record ClientCertificateFiles(string Certificate, string Key);

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

/// <summary>The parts of an endpoint's URL that may be shown and stored. Some services have a token in its path.</summary>
internal static class EndpointUrl
{
    private const string HiddenPath = "/***";

    // The usual words in the paths of OTLP endpoints. Any other word may be a token or a customer's name.
    private static readonly string[] PlainWords =
    [
        "api", "collector", "default", "ingest", "insert", "intake", "logs", "metrics", "opentelemetry", "otlp", "public", "telemetry",
        "traces", "v1", "v2", "v3",
    ];

    /// <summary>Only the scheme and the server.</summary>
    public static string ServerOf(Uri address) => address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>The URL without a user's name, password, query or fragment, and without a path that has unusual words.</summary>
    public static string WithoutSecrets(Uri address) =>
        IsPlain(address.AbsolutePath) ? ServerOf(address) + address.AbsolutePath : ServerOf(address) + HiddenPath;

    private static bool IsPlain(string path) =>
        Array.TrueForAll(path.Split('/'), static word => word.Length == 0 || PlainWords.Contains(word, StringComparer.OrdinalIgnoreCase));
}
