using System.Net.Sockets;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Http;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.Settings;
using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Data;

namespace Containers.Telemetry.Tool.Doctor;

/// <summary>Checks the endpoints that events are sent to.</summary>
internal sealed class EndpointDoctor(ToolContext context, ProjectProperties project)
{
    private const string TestRecord = "test-record";

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    /// <summary>Checks the settings, and whether the endpoints can be reached.</summary>
    /// <param name="sendsTest">Whether to send a test record to each endpoint.</param>
    public IEnumerable<CheckResult> Check(bool sendsTest)
    {
        var problems = new List<SettingProblem>();
        OtlpSettings? settings = project.ResolveEndpoints(context.Machine.GetVariable, problems);
        foreach (SettingProblem problem in problems)
        {
            yield return new CheckResult("endpoint-setting", Verdict.Warning, $"{problem.Code}: {problem.Text}", "Correct the setting.");
        }

        foreach (Uri server in (settings?.Destinations ?? []).Select(static destination => new Uri(new Uri(destination.Url), "/")).Distinct())
        {
            yield return CheckServer(server);
        }

        if (settings is not null)
        {
            yield return new CheckResult("metrics", Verdict.Good, settings.Metrics is { } metrics
                ? $"Metrics are sent to {metrics.Url} by {metrics.ProtocolName}."
                : "No metrics are sent: neither OTEL_METRICS_EXPORTER=otlp nor ContainersTelemetryMetrics=true asks for them.");
        }

        foreach (CheckResult result in sendsTest ? SendTests([.. settings?.Destinations ?? []]) : [])
        {
            yield return result;
        }
    }

    private IEnumerable<CheckResult> SendTests(OtlpDestination[] destinations)
    {
        if (destinations.Length == 0)
        {
            yield return Warning("No test record was sent: there is no endpoint.", "Set ContainersTelemetryEndpoint or OTEL_EXPORTER_OTLP_ENDPOINT.");
        }

        using var exporter = new OtlpHttpExporter(VersionText.OfTool, context.Clock);
        foreach (OtlpDestination destination in destinations)
        {
            yield return SendTest(exporter, destination);
        }
    }

    private CheckResult SendTest(OtlpHttpExporter exporter, OtlpDestination destination)
    {
        string what = destination.Signal switch
        {
            OtlpSignal.Logs => "log record",
            OtlpSignal.Traces => "span",
            _ => "metrics request",
        };
        if (destination.IsHeld)
        {
            return Warning(
                $"No test {what} was sent to {destination.Url}: a setting that it may need cannot be used.", "Correct the setting.");
        }

        (EndpointAnswer answer, string? message) = EndpointTest.Send(exporter, destination, AnswerLimit, context.Clock);
        string says = message is null ? "" : $" It says: {message}";
        return answer.Outcome switch
        {
            ExportOutcome.Delivered => new CheckResult(
                TestRecord, Verdict.Good, $"{destination.Url} accepted a test {what} and answered {answer.Status}.{says}"),
            _ when answer.Status.Http == 0 => Warning(
                $"{destination.Url} gave no answer to a test {what}.", "Check the address, the protocol, the certificates and the network."),
            ExportOutcome.Retryable => Warning(
                $"{destination.Url} is busy: it answered {answer.Status} to a test {what}.", "Try again later."),
            _ => Warning(
                $"{destination.Url} did not accept a test {what} and answered {answer.Status}.{says}", EndpointAdvice.For(answer.Status)),
        };
    }

    private static CheckResult Warning(string text, string fix) => new(TestRecord, Verdict.Warning, text, fix);

    private static CheckResult CheckServer(Uri server)
    {
        string name = server.GetLeftPart(UriPartial.Authority);
        try
        {
            using var stop = new CancellationTokenSource(ConnectLimit);
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
