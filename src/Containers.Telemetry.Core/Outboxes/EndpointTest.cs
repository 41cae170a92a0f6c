using System.Security.Cryptography;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Http;
using Containers.Telemetry.Otlp;

namespace Containers.Telemetry.Outboxes;

/// <summary>Sends one test record to an endpoint, to get its answer; for metrics an empty request, so that no series begins. Nothing else changes.</summary>
public static class EndpointTest
{
    /// <summary>The text in the record: the body of a log record, the name of a span.</summary>
    public const string RecordText = "test record of containers-telemetry";

    private const int TraceIdLength = 32;
    private const int SpanIdLength = 16;

    /// <summary>Sends the record in the same way as a publish.</summary>
    /// <returns>The answer, and the endpoint's message about a rejected record; see <see cref="DrainResult.Message"/>.</returns>
    public static (EndpointAnswer Answer, string? Message) Send(OtlpHttpExporter exporter, OtlpDestination destination, TimeSpan limit, TimeProvider time)
    {
        DateTimeOffset now = time.GetUtcNow();
        byte[] body = OtlpBatch.BodyOf(Encoding.UTF8.GetBytes(Line(destination.Signal, now)), destination);
        ExportResult result = EndpointPost.Send(exporter, destination, OutboxState.Empty(""), body, limit, CancellationToken.None);
        ExportOutcome outcome = result.PartialSuccess.Rejected > 0 ? ExportOutcome.Rejected : result.Outcome;
        return (new EndpointAnswer(now, result.Status, outcome), result.PartialSuccess.Message);
    }

    // Readers of events skip it, by its scope.
    private static string Line(OtlpSignal signal, DateTimeOffset now)
    {
        string time = ((now.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * TimeSpan.NanosecondsPerTick).ToString(CultureInfo.InvariantCulture);
        const string Resource = "\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"" + OtlpFormat.ScopeName + "\"}}]}";
        const string Scope = "\"scope\":{\"name\":\"" + OtlpFormat.ScopeName + ".Test\"}";
        return signal switch
        {
            OtlpSignal.Logs =>
                $$$"""{"resourceLogs":[{{{{Resource}}},"scopeLogs":[{{{{Scope}}},"logRecords":[""" +
                $$$"""{"timeUnixNano":"{{{time}}}","observedTimeUnixNano":"{{{time}}}","severityNumber":9,"severityText":"INFO","body":""" +
                $$$"""{"stringValue":"{{{RecordText}}}"}}]}]}]}""",
            OtlpSignal.Traces =>
                $$$"""{"resourceSpans":[{{{{Resource}}},"scopeSpans":[{{{{Scope}}},"spans":[""" +
                $$$"""{"traceId":"{{{Id(TraceIdLength)}}}","spanId":"{{{Id(SpanIdLength)}}}","name":"{{{RecordText}}}","kind":1""" +
                $$$""","startTimeUnixNano":"{{{time}}}","endTimeUnixNano":"{{{time}}}"}]}]}]}""",
            _ => $$$"""{"resourceMetrics":[{{{{Resource}}},"scopeMetrics":[{{{{Scope}}},"metrics":[]}]}]}""",
        };
    }

    private static string Id(int length) => RandomNumberGenerator.GetHexString(length, lowercase: true);
}
