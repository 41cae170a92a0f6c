using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Events;
using Containers.Telemetry.Http;
using Containers.Telemetry.Identity;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Settings;
using Containers.Telemetry.Store;
using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Fuzz.Targets;

/// <summary>Settings of users, projects and pipelines.</summary>
internal static class SettingTargets
{
    private static readonly Guid PublishId = new("01890a5d-ac96-774b-bcce-b302099a8057");

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("endpoint-settings", 6_000, ReadEndpoint,
            "OTEL_EXPORTER_OTLP_ENDPOINT=https://user:p%40ss@collector.example:4318/otlp?tenant=1\0OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20a,x-tenant=1",
            "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT=http://[::1]:4318/v1/logs\0OTEL_EXPORTER_OTLP_LOGS_TIMEOUT=1000\0OTEL_EXPORTER_OTLP_COMPRESSION=gzip",
            "endpoint=https://localhost:4317\0protocol=grpc\0metrics=true\0insecure=true\0OTEL_RESOURCE_ATTRIBUTES=service.name=a,b=c%20d\0OTEL_SERVICE_NAME=x",
            "OTEL_EXPORTER_OTLP_ENDPOINT=https://a.example\0OTEL_EXPORTER_OTLP_PROTOCOL=http/json\0OTEL_METRICS_EXPORTER=otlp\0OTEL_SDK_DISABLED=false",
            "OTEL_EXPORTER_OTLP_ENDPOINT=https://collector.example\0OTEL_EXPORTER_OTLP_HEADERS=a=b%0d%0ac: d"),
        new("name-value-list", 8_000, ReadList, "authorization=Bearer%20a,x-tenant=1", "key=value;property=1 , other = %C3%A9", "a=b=c,,d="),
        new("project-settings", 4_000, ReadProject,
            "store=/var/lib/a\0size=128\0age=30\0budget=250\0key=0123456789abcdef0123456789abcdef\0cost_centre=4711\0team=payments", "store=C:\\Users\\a\0size=-1"),
        new("trace-context", 5_000, ReadTrace,
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\0vendor=value,tenant@system=a", "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-03-more\0a=1 , b=2"),
        new("git-configuration", 4_000, ReadGit,
            "[core]\n\tbare = false\n[remote \"origin\"]\n\turl = https://name:p@ss@Example.COM:443/team/product.git ; theirs\n", "[remote \"origin\"] url = \"git@ssh.dev.azure.com:v3/org/project/product\"",
            "[remote \"upstream\"]\nurl = ssh://git@example.com:22/a\n[remote \"origin\"]\nurl=/srv/git/a.git"),
    ];

    private static void ReadEndpoint(string text)
    {
        Dictionary<string, string> variables = InputText.Variables(text);
        var problems = new List<SettingProblem>();
        OtlpSettings? settings = OtlpSettings.Resolve(
            variables.GetValueOrDefault("endpoint"), variables.GetValueOrDefault("insecure"), variables.GetValueOrDefault, problems,
            variables.GetValueOrDefault("protocol"), variables.GetValueOrDefault("metrics"));
        foreach (OtlpDestination destination in settings?.Destinations ?? [])
        {
            using var request = new OtlpRequest("fuzz/1");
            using HttpRequestMessage made = request.Create(destination, new byte[] { 1 }, destination.IsCompressed);
            Require.That(made.RequestUri is { UserInfo.Length: 0 } && destination.Folder.Length == 32, "A request has a user's name.");
            Require.That(destination.Headers.All(static header => header.Value.AsSpan().IndexOfAny('\r', '\n') < 0), "A header goes on in a second line.");
        }

        RequireWarnings(problems);
    }

    private static void ReadList(string text)
    {
        foreach (bool isBaggage in (bool[])[false, true])
        {
            List<NamedValue>? entries = NamedValueList.TryParse(text, StringComparison.OrdinalIgnoreCase, isBaggage);
            Require.That(entries is null || entries.TrueForAll(static entry => entry.Name.Length > 0), "A name is empty.");
            Require.That(entries is null || entries.DistinctBy(static entry => entry.Name, StringComparer.OrdinalIgnoreCase).Count() == entries.Count, "A name comes twice.");
        }
    }

    private static void ReadProject(string text)
    {
        Dictionary<string, string> settings = InputText.Variables(text);
        var problems = new List<SettingProblem>();
        foreach (OSFamily system in Enum.GetValues<OSFamily>())
        {
            DataFolder folder = DataFolder.Resolve(settings.GetValueOrDefault("store"), static _ => null, system);
            Require.That(folder.Path is null || folder.Problem is null, "A folder that cannot be used is used.");
        }

        SegmentedLogLimits limits = StoreLimits.Read(settings.GetValueOrDefault("size", ""), settings.GetValueOrDefault("age", ""), problems);
        Require.That(limits.MaxBytes >= SegmentedLogLimits.LeastMaxBytes && limits.Retention > TimeSpan.Zero, "A limit is out of range.");
        Require.That(ExportBudget.Read(settings.GetValueOrDefault("budget", ""), false, problems) >= TimeSpan.Zero, "A budget is negative.");
        _ = ProjectKey.FromText(settings.GetValueOrDefault("key", ""), out _);
        var containerEvent = new ContainerEvent(EventNames.Success);
        DeclaredDimensions.Read([.. settings], problems).AddTo(containerEvent);
        Require.That(containerEvent.Dimensions.All(static pair => Dimensions.IsName(pair.Key) && Dimensions.IsValue(pair.Value)), "A dimension is free text.");
        RequireWarnings(problems);
    }

    private static void ReadTrace(string text)
    {
        string[] parts = InputText.Cut(text, 2);
        var trace = TraceContext.Create(PublishId, parts[0], parts[1]);
        Require.That(trace.TraceId.Length == 32 && trace.TraceId.All(char.IsAsciiHexDigitLower) && trace.TraceId.Any(static digit => digit != '0'), "The trace has no id.");
        Require.That(trace.ParentSpanId is null || (trace.ParentSpanId.Length == 16 && trace.ParentSpanId.All(char.IsAsciiHexDigitLower)), "The parent has no id.");
        Require.That(trace.TraceState is null || (trace.TraceState.Length <= 512 && trace.TraceState.All(static c => c is (>= ' ' and <= '~') or '\t')), "The state is no header.");
    }

    private static void ReadGit(string text)
    {
        if (GitConfig.OriginUrl(text) is { } url)
        {
            Require.That(RemoteUrl.Normalize(url) == RemoteUrl.Normalize(url + " "), "White space is another repository.");
        }

        _ = RemoteUrl.Normalize(text);
    }

    private static void RequireWarnings(List<SettingProblem> problems)
    {
        foreach (SettingProblem problem in problems)
        {
            Require.That(problem.Code.Length == 8 && problem.Code.StartsWith("CTEL", StringComparison.Ordinal) && problem.Text.All(static c => c is >= ' ' and <= '~'), "A warning has a text of others.");
        }
    }
}
