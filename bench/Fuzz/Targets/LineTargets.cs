using System.Text.Unicode;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Otlp.Protobuf;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Reports.Storage;
using Containers.Telemetry.Store;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.Tool.Data;

namespace Containers.Telemetry.Fuzz.Targets;

/// <summary>Lines of events that this package or other programs write.</summary>
internal static class LineTargets
{
    private const int MaxPublishes = 1 << 14;
    private const int MaxLineBytes = 64;

    private static readonly byte[] OwnLine = """
        {"resourceLogs":[{"scopeLogs":[{"scope":{"name":"Containers.Telemetry","version":"1.0.0","attributes":[{"key":"containers_telemetry.min_reader_version","value":{"intValue":"2"}},{"key":"containers_telemetry.schema.version","value":{"intValue":"2"}}]},"logRecords":[{"timeUnixNano":"1795167000000000000","observedTimeUnixNano":"1795167000000000000","severityNumber":17,"severityText":"ERROR","eventName":"containers_telemetry.publish.error","attributes":[{"key":"log.record.uid","value":{"stringValue":"01890a5d-ac96-774b-bcce-b302099a8058"}},{"key":"containers_telemetry.publish.id","value":{"stringValue":"01890a5d-ac96-774b-bcce-b302099a8057"}},{"key":"error.type","value":{"stringValue":"credential_failure"}},{"key":"http.response.status_code","value":{"intValue":"401"}},{"key":"containers_telemetry.target_runtime_identifiers","value":{"arrayValue":{"values":[{"stringValue":"linux-x64"},{"stringValue":"other"}]}}},{"key":"containers_telemetry.dimension.team","value":{"stringValue":"payments"}},{"key":"containers_telemetry.base_image.inferred","value":{"boolValue":true}}],"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","flags":1}]}],"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"Containers.Telemetry"}},{"key":"host.arch","value":{"stringValue":"amd64"}}]},"schemaUrl":"https://opentelemetry.io/schemas/1.44.0"}]}
        """u8.ToArray();

    // The form of the OpenTelemetry Collector's file exporter: several resources, other members, another order.
    private static readonly byte[] CollectorLine = """
        {"resourceLogs":[{"resource":{"attributes":[{"key":"os.type","value":{"stringValue":"linux"}}]},"scopeLogs":[{"scope":{"name":"other"},"logRecords":[{"body":{"stringValue":"x"}}]},{"scope":{"name":"Containers.Telemetry","version":"1"},"logRecords":[{"timeUnixNano":"1","eventName":"sdk/container/inference","attributes":[{"key":"containers_telemetry.project_type","value":{"stringValue":"AspNetCore"}}],"droppedAttributesCount":1,"traceId":"","spanId":""},{"attributes":[{"key":"event.name","value":{"stringValue":"sdk/container/publish/success"}}]}]}]},{"scopeLogs":[]}]}
        """u8.ToArray();

    private static readonly byte[] SpanLine = """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"a","value":{"doubleValue":1.5}},{"key":"b","value":{"kvlistValue":{"values":[{"key":"c","value":{"bytesValue":"AAE="}}]}}}]},"scopeSpans":[{"scope":{"name":"Containers.Telemetry"},"spans":[{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","name":"container publish","kind":1,"startTimeUnixNano":"1","endTimeUnixNano":"2","status":{"code":2},"events":[{"timeUnixNano":"1","name":"e"}],"links":[{"traceId":"00","spanId":"11"}]}]}]}]}
        """u8.ToArray();

    private static readonly byte[] MetricLine = """
        {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"containers_telemetry.publishes","sum":{"aggregationTemporality":1,"isMonotonic":true,"dataPoints":[{"asInt":"1","startTimeUnixNano":"1","timeUnixNano":"2"}]}},{"name":"containers_telemetry.publish.duration","histogram":{"dataPoints":[{"count":"1","sum":1.5,"bucketCounts":["0","1"],"explicitBounds":[1,2.5]}]}}]}]}]}
        """u8.ToArray();

    [ThreadStatic]
    private static LineProcessor? _processor;

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("lines", 5_000, CutLines, "1a\nbc\n\ndef\n"u8.ToArray(), [.. Enumerable.Repeat((byte)'a', MaxLineBytes + 1), (byte)'\n']),
        new("event-line", 8_000, ReadEvents, OwnLine, CollectorLine),
        new("report-line", 8_000, ReadForReport, OwnLine, CollectorLine, SpanLine, MetricLine),
        new("transcoder", 6_000, Transcode, OwnLine, CollectorLine, SpanLine, MetricLine),
        new("protobuf", 4_000, ReadProtobuf, [0x0A, 0x04, 0x08, 0x96, 0x01, 0x12, 0x02, .. "ab"u8, 0x19, 1, 2, 3, 4, 5, 6, 7, 8, 0x1D, 1, 2, 3, 4]),
    ];

    /// <summary>Lines that readers of files must read.</summary>
    internal static byte[][] OfFiles { get; } = [[.. OwnLine, (byte)'\n', .. CollectorLine, (byte)'\n'], [.. SpanLine, (byte)'\n'], [.. OwnLine, (byte)'\n', .. OwnLine.AsSpan(0, 200)]];

    // However a stream is split into pieces, its lines are the bytes between two line feeds.
    private static void CutLines(byte[] input)
    {
        using var stream = new PiecewiseStream(input, piece: input.Length == 0 ? 1 : 1 + (input[0] % 40));
        var reader = new LineReader(stream, MaxLineBytes);
        int start = 0;
        while (reader.Read(out ReadOnlySpan<byte> line) is var part and not LinePart.None)
        {
            int length = input.AsSpan(start).IndexOf((byte)'\n') is >= 0 and var found ? found : input.Length - start;
            bool isWhole = start + length < input.Length;
            LinePart expected = length >= MaxLineBytes ? LinePart.TooLong : isWhole ? LinePart.Whole : LinePart.Unfinished;
            Require.That(part == expected && reader.LineStart == start && line.SequenceEqual(input.AsSpan(start, Math.Min(length, MaxLineBytes))), "The line is another one.");
            start += length + (isWhole ? 1 : 0);
            if (part is LinePart.Unfinished)
            {
                return;
            }
        }
    }

    // A read event that is written and read again is the same, and its span can be made. An event without a publish gets another trace each time.
    private static void ReadEvents(byte[] input)
    {
        foreach (StoredEvent stored in OtlpLogReader.Read(input).Events.Where(static stored => stored.PublishId is not null))
        {
            byte[] written = Write(stored);
            StoredEvent again = OtlpLogReader.Read(written).Events.Single();
            Require.That(written.AsSpan().IndexOf((byte)'\n') == written.Length - 1, "The line has a line feed in it.");
            Require.That(Write(again).AsSpan().SequenceEqual(written), "The event changes when it is written and read.");
            _ = PublishPart.Of(again.Event);
        }
    }

    private static byte[] Write(StoredEvent stored)
    {
        using var line = new MemoryStream();
        OtlpLogLine.Write(line, stored.Event, ResentEvent.TraceOf(stored), []);
        return line.ToArray();
    }

    // Lines that are not UTF-8 are counted before they are read.
    private static void ReadForReport(byte[] input)
    {
        if (!Utf8.IsValid(input))
        {
            return;
        }

        LineProcessor processor = _processor ??= new LineProcessor(new PublishStore(new RecordLayout(ReportField.All), MaxPublishes));
        var section = new FileSection(new SourceFile("/store", input.Length, isCompressed: false), 0, input.Length) { Lines = 1 };
        long before = processor.Counters.Lines;
        processor.Line(section, input, isTorn: false);
        processor.Line(section, input, isTorn: true);
        Require.That(processor.Counters.Lines - before is 0 or 2, "A line is not counted.");
    }

    private static void Transcode(byte[] input)
    {
        var transcoder = new OtlpTranscoder();
        foreach (OtlpSignal signal in Enum.GetValues<OtlpSignal>())
        {
            Require.That(IsMessage(transcoder.Encode(signal, input)), "What is written cannot be read.");
        }
    }

    private static bool IsMessage(ReadOnlySpan<byte> message)
    {
        int length = 0;
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            length += LengthOf((ulong)reader.Field << 3) + LengthOf((ulong)reader.Content.Length) + reader.Content.Length;
        }

        // All fields of a request are messages.
        return length == message.Length;
    }

    private static int LengthOf(ulong varint) => varint < 0x80 ? 1 : 1 + LengthOf(varint >> 7);

    private static void ReadProtobuf(byte[] input)
    {
        int fields = 0;
        var reader = new ProtobufReader(input);
        while (reader.Read())
        {
            Require.That(++fields <= input.Length && reader.Field > 0, "There are more fields than bytes.");
        }
    }
}
