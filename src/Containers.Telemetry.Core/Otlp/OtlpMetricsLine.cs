using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Otlp;

/// <summary>Writes a publish as one line of OTLP/JSON: an <c>ExportMetricsServiceRequest</c> that adds the publish to each metric.</summary>
/// <remarks>The metrics are deltas: a process that ends with its publish has no earlier sum.</remarks>
public static class OtlpMetricsLine
{
    // AggregationTemporality of the OpenTelemetry metrics data model.
    private const int Delta = 1;

    /// <summary>Appends the line, with the line feed that ends it.</summary>
    /// <param name="outcome">The event that ended the publish; the data points end at its time.</param>
    /// <param name="start">The start of the publish. A start after the end, when the clock was set back, counts as the end.</param>
    /// <param name="userAttributes">Attributes that the user adds to the resource, as in <see cref="OtlpLogLine.Write"/>.</param>
    public static void Write(Stream output, ContainerEvent outcome, DateTimeOffset start, IReadOnlyList<KeyValuePair<string, string>> userAttributes)
    {
        var line = new OtlpLine(output, OtlpLineUse.SentMetrics);
        line.Raw("{\"resourceMetrics\":[{\"resource\":"u8);
        line.Resource(outcome, userAttributes);
        line.Raw(",\"scopeMetrics\":[{\"scope\":"u8);
        line.Scope(outcome);
        line.Raw(",\"metrics\":["u8);
        WritePublishes(line, outcome, start);
        if (outcome.Find(DetailFields.Duration) is long milliseconds)
        {
            line.Raw(","u8);
            WriteDuration(line, outcome, start, milliseconds / 1000.0);
        }

        line.Raw("]}]"u8);
        line.Schema();
        line.Raw("}]}\n"u8);
    }

    private static void WritePublishes(OtlpLine line, ContainerEvent outcome, DateTimeOffset start)
    {
        BeginMetric(line, PublishMetrics.Publishes, ",\"sum\":{\"dataPoints\":[{"u8);
        WriteTimesAndLabels(line, outcome, start);
        line.Number(",\"asInt\":\"1\"}],\"aggregationTemporality\":"u8, Delta);
        line.Raw(",\"isMonotonic\":true}}"u8);
    }

    private static void WriteDuration(OtlpLine line, ContainerEvent outcome, DateTimeOffset start, double seconds)
    {
        BeginMetric(line, PublishMetrics.Duration, ",\"histogram\":{\"dataPoints\":[{"u8);
        WriteTimesAndLabels(line, outcome, start);
        line.Real(",\"count\":\"1\",\"sum\":"u8, seconds);
        WriteBuckets(line, seconds);
        line.Real(",\"min\":"u8, seconds);
        line.Real(",\"max\":"u8, seconds);
        line.Number("}],\"aggregationTemporality\":"u8, Delta);
        line.Raw("}}"u8);
    }

    // A bucket has the values above the previous bound, up to its own bound. The last has no bound.
    private static void WriteBuckets(OtlpLine line, double seconds)
    {
        int[] bounds = PublishMetrics.DurationBounds;
        int bucket = 0;
        while (bucket < bounds.Length && seconds > bounds[bucket])
        {
            bucket++;
        }

        line.Raw(",\"bucketCounts\":["u8);
        for (int i = 0; i <= bounds.Length; i++)
        {
            line.Number(i == 0 ? "\""u8 : ",\""u8, i == bucket ? 1 : 0);
            line.Raw("\""u8);
        }

        line.Raw("],\"explicitBounds\":["u8);
        for (int i = 0; i < bounds.Length; i++)
        {
            line.Number(i == 0 ? ""u8 : ","u8, bounds[i]);
        }

        line.Raw("]"u8);
    }

    private static void BeginMetric(OtlpLine line, MetricDefinition metric, ReadOnlySpan<byte> data)
    {
        line.Text("{\"name\":\""u8, metric.Name);
        line.Text("\",\"description\":\""u8, metric.Description);
        line.Text("\",\"unit\":\""u8, metric.Unit);
        line.Raw("\""u8);
        line.Raw(data);
    }

    private static void WriteTimesAndLabels(OtlpLine line, ContainerEvent outcome, DateTimeOffset start)
    {
        DateTimeOffset end = OtlpLine.TimeOf(outcome);
        line.Time("\"startTimeUnixNano\":\""u8, start < end ? start : end);
        line.Time("\",\"timeUnixNano\":\""u8, end);
        line.Raw("\""u8);
        line.FieldAttributes(outcome, PublishMetrics.Labels);
    }
}
