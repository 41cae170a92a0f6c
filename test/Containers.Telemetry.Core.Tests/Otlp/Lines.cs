using System.Text;
using Containers.Telemetry.Events;
using Containers.Telemetry.Outboxes;

namespace Containers.Telemetry.Otlp;

internal static class Lines
{
    public static readonly Guid PublishId = Guid.Parse("019ab2c4-5d6e-7f80-9a1b-2c3d4e5f6070");

    public static readonly TraceContext OwnTrace = TraceContext.Create(PublishId, null, null);

    public static readonly TraceContext PipelineTrace =
        TraceContext.Create(PublishId, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "congo=t61rcWkgMzE");

    public static byte[] Log(ContainerEvent containerEvent, TraceContext? trace = null, params KeyValuePair<string, string>[] userAttributes)
    {
        var output = new MemoryStream();
        OtlpLogLine.Write(output, containerEvent, trace ?? OwnTrace, userAttributes);
        return output.ToArray();
    }

    /// <summary>The line in the form that is sent.</summary>
    public static byte[] SentLog(ContainerEvent containerEvent, TraceContext? trace = null, params KeyValuePair<string, string>[] userAttributes)
    {
        var output = new MemoryStream();
        OtlpLogLine.Write(output, containerEvent, trace ?? OwnTrace, userAttributes, isSent: true);
        return output.ToArray();
    }

    public static byte[] Span(ContainerEvent outcome, DateTimeOffset start, TraceContext? trace = null, params KeyValuePair<string, string>[] userAttributes)
    {
        var output = new MemoryStream();
        OtlpSpanLine.Write(output, outcome, start, trace ?? OwnTrace, userAttributes);
        return output.ToArray();
    }

    /// <summary>A line of a publish with a part of each kind.</summary>
    public static byte[] SpanWithParts(ContainerEvent outcome)
    {
        PublishPart[] parts =
        [
            .. Enum.GetValues<PublishPartKind>().Select(kind => new PublishPart(kind, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1)) { Outcome = outcome }),
        ];
        var output = new MemoryStream();
        OtlpSpanLine.Write(
            output,
            outcome,
            DateTimeOffset.UnixEpoch,
            OwnTrace,
            [],
            [.. parts, new PublishPart(PublishPartKind.Image, DateTimeOffset.UnixEpoch, TimeSpan.Zero) { Parts = parts }]);
        return output.ToArray();
    }

    public static byte[] Metrics(ContainerEvent outcome, DateTimeOffset start, params KeyValuePair<string, string>[] userAttributes)
    {
        var output = new MemoryStream();
        OtlpMetricsLine.Write(output, outcome, start, userAttributes);
        return output.ToArray();
    }

    /// <summary>The name of a signal in the decoders of the tests.</summary>
    public static string NameOf(OtlpSignal signal) => signal switch
    {
        OtlpSignal.Logs => "logs",
        OtlpSignal.Traces => "traces",
        _ => "metrics",
    };

    public static string Text(byte[] line) => Encoding.UTF8.GetString(line);

    public static byte[] Batch(OtlpSignal signal, params byte[][] lines)
    {
        var body = new MemoryStream();
        var batch = new OtlpBatch(body, signal);
        foreach (byte[] line in lines)
        {
            Assert.IsTrue(batch.TryAppend(line), Text(line));
        }

        batch.Complete();
        return body.ToArray();
    }
}
