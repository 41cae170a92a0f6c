using System.Net.Sockets;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Settings;

namespace Containers.Telemetry.Tool.Doctor;

/// <summary>Sees whether the endpoints that events are sent to can be reached.</summary>
internal sealed class EndpointDoctor(ToolContext context, ProjectProperties project)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public IEnumerable<CheckResult> Check()
    {
        var problems = new List<SettingProblem>();
        OtlpSettings? settings = OtlpSettings.Resolve(
            project["ContainersTelemetryEndpoint"],
            project["ContainersTelemetryAllowInsecureEndpoint"],
            context.Machine.GetVariable,
            problems,
            project["ContainersTelemetryProtocol"]);
        foreach (SettingProblem problem in problems)
        {
            yield return new CheckResult("endpoint-setting", Verdict.Warning, $"{problem.Code}: {problem.Text}", "Correct the setting.");
        }

        OtlpDestination?[] destinations = [settings?.Logs, settings?.Traces];
        foreach (Uri server in destinations.OfType<OtlpDestination>().Select(destination => new Uri(new Uri(destination.Url), "/")).Distinct())
        {
            yield return CheckServer(server);
        }
    }

    private static CheckResult CheckServer(Uri server)
    {
        string name = server.GetLeftPart(UriPartial.Authority);
        try
        {
            using var stop = new CancellationTokenSource(Patience);
            using var client = new TcpClient();
            client.ConnectAsync(server.DnsSafeHost, server.Port, stop.Token).AsTask().GetAwaiter().GetResult();
            return new CheckResult("endpoint", Verdict.Good, $"The endpoint {name} can be reached.");
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            string what = e is SocketException { SocketErrorCode: SocketError.ConnectionRefused } ? "refuses connections" : "cannot be reached";
            return new CheckResult(
                "endpoint",
                Verdict.Warning,
                $"The endpoint {name} {what}. Events wait in the outbox.",
                "Start the collector there, or correct ContainersTelemetryEndpoint or OTEL_EXPORTER_OTLP_ENDPOINT. Then run containers-telemetry flush.");
        }
    }
}
