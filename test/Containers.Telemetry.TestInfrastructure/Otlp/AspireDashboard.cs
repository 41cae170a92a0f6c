using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>
/// The Aspire dashboard of the package <c>Aspire.Dashboard.Sdk.linux-x64</c> on the loopback interface, without authentication and otherwise with its
/// defaults.
/// </summary>
public sealed class AspireDashboard : IAsyncDisposable
{
    private const string PagePrefix = "Now listening on: ";
    private const string GrpcPrefix = "OTLP/gRPC listening on: ";
    private const string HttpPrefix = "OTLP/HTTP listening on: ";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder _home = new();
    private readonly Process _process;
    private readonly HttpClient _client = new();

    private AspireDashboard(string program)
    {
        ProcessStartInfo start = new(program)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = _home.Path,
        };
        start.Environment["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://127.0.0.1:0";
        start.Environment["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = "http://127.0.0.1:0";
        start.Environment["ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS"] = "true";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["DASHBOARD__API__ENABLED"] = "true";
        start.Environment["DASHBOARD__API__SUPPRESSUNSECUREDMESSAGE"] = "true";
        start.Environment["DASHBOARD__OTLP__SUPPRESSUNSECUREDMESSAGE"] = "true";
        start.Environment["HOME"] = _home.Path;
        _process = Process.Start(start)!;
        _ = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Path of the dashboard's program; null if its package was not restored, as on every system but Linux x64.</summary>
    public static string? Program { get; } = typeof(AspireDashboard).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(static metadata => metadata.Key == nameof(AspireDashboard))?.Value;

    /// <summary>The base address of its pages.</summary>
    public Uri Pages { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Its endpoint for OTLP over HTTP.</summary>
    public Uri Http { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Its endpoint for OTLP over gRPC.</summary>
    public Uri Grpc { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Starts an empty dashboard.</summary>
    /// <exception cref="InvalidOperationException">The dashboard did not start within five minutes.</exception>
    public static async Task<AspireDashboard> StartAsync()
    {
        AspireDashboard dashboard = new(Program!);
        try
        {
            using CancellationTokenSource limit = new(StartLimit);
            await dashboard.ReadAddressesAsync(limit.Token);
            await dashboard.WarmUpAsync(limit.Token);
            return dashboard;
        }
        catch
        {
            await dashboard.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns the log records in the dashboard, each with its <c>attributes</c>, <c>body</c> and <c>eventName</c>.</summary>
    public Task<IReadOnlyList<JsonObject>> GetLogRecordsAsync() => GetAsync("api/telemetry/logs", "resourceLogs", "scopeLogs", "logRecords");

    /// <summary>Returns the spans in the dashboard, each with its <c>traceId</c>, <c>name</c> and <c>attributes</c>.</summary>
    public Task<IReadOnlyList<JsonObject>> GetSpansAsync() => GetAsync("api/telemetry/traces", "resourceSpans", "scopeSpans", "spans");

    /// <summary>The text of an attribute of a log record or a span; null if there is no such attribute.</summary>
    public static string? Attribute(JsonObject record, string name) =>
        (string?)record["attributes"]?.AsArray().FirstOrDefault(attribute => (string?)attribute!["key"] == name)?["value"]?["stringValue"];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _client.Dispose();
        _home.Dispose();
    }

    private async Task ReadAddressesAsync(CancellationToken cancellationToken)
    {
        Uri? pages = null;
        Uri? grpc = null;
        Uri? http = null;
        while (pages is null || grpc is null || http is null)
        {
            string line = await _process.StandardOutput.ReadLineAsync(cancellationToken)
                ?? throw new InvalidOperationException("The Aspire dashboard ended before it listened.");
            pages ??= Address(line, PagePrefix);
            grpc ??= Address(line, GrpcPrefix);
            http ??= Address(line, HttpPrefix);
        }

        (Pages, Grpc, Http) = (pages, grpc, http);
        _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
    }

    // On a busy machine the first answer of a server takes seconds, and an exporter waits for at most ten. The dashboard shows no request without
    // records.
    private async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        foreach (string path in (string[])["v1/logs", "v1/traces"])
        {
            using var empty = new ByteArrayContent([]);
            empty.Headers.ContentType = new("application/x-protobuf");
            using HttpResponseMessage answer = await _client.PostAsync(new Uri(Http, path), empty, cancellationToken);
            answer.EnsureSuccessStatusCode();
        }
    }

    private static Uri? Address(string line, string prefix) =>
        line.Trim() is var text && text.StartsWith(prefix, StringComparison.Ordinal) ? new Uri(text[prefix.Length..]) : null;

    private async Task<IReadOnlyList<JsonObject>> GetAsync(string path, string resources, string scopes, string records)
    {
        // More than any test sends, and more than the dashboard returns by default.
        JsonNode answer = JsonNode.Parse(await _client.GetStringAsync(new Uri(Pages, path + "?limit=10000")))!;
        return
        [
            .. Objects(answer["data"]![resources])
                .SelectMany(resource => Objects(resource[scopes]))
                .SelectMany(scope => Objects(scope[records])),
        ];
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? array) => array!.AsArray().Select(static node => node!.AsObject());
}
