using System.Buffers.Binary;
using System.Text.Json.Nodes;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>
/// Reads OTLP requests in binary form into OTLP/JSON, so that tests compare one form for all protocols. It shares no code with the product; its
/// tables contain the field numbers of the official definitions (github.com/open-telemetry/opentelemetry-proto).
/// </summary>
public static class OtlpProtobuf
{
    // name:number:kind, where an asterisk marks a repeated field. Kinds: s text, x hex, i integer as text, n integer as a number, f fixed32, l
    // fixed64, d double, b bool, L packed fixed64, D packed double, otherwise a message.
    private static readonly Dictionary<string, Field[]> Messages = new Dictionary<string, string>
    {
        ["logs"] = "resourceLogs:1:ResourceLogs*",
        ["ResourceLogs"] = "resource:1:Resource scopeLogs:2:ScopeLogs* schemaUrl:3:s",
        ["ScopeLogs"] = "scope:1:Scope logRecords:2:LogRecord* schemaUrl:3:s",
        ["LogRecord"] =
            "timeUnixNano:1:l severityNumber:2:n severityText:3:s body:5:AnyValue attributes:6:KeyValue* droppedAttributesCount:7:n flags:8:f "
            + "traceId:9:x spanId:10:x observedTimeUnixNano:11:l eventName:12:s",
        ["traces"] = "resourceSpans:1:ResourceSpans*",
        ["ResourceSpans"] = "resource:1:Resource scopeSpans:2:ScopeSpans* schemaUrl:3:s",
        ["ScopeSpans"] = "scope:1:Scope spans:2:Span* schemaUrl:3:s",
        ["Span"] =
            "traceId:1:x spanId:2:x traceState:3:s parentSpanId:4:x name:5:s kind:6:n startTimeUnixNano:7:l endTimeUnixNano:8:l "
            + "attributes:9:KeyValue* droppedAttributesCount:10:n status:15:Status flags:16:f",
        ["Status"] = "message:2:s code:3:n",
        ["metrics"] = "resourceMetrics:1:ResourceMetrics*",
        ["ResourceMetrics"] = "resource:1:Resource scopeMetrics:2:ScopeMetrics* schemaUrl:3:s",
        ["ScopeMetrics"] = "scope:1:Scope metrics:2:Metric* schemaUrl:3:s",
        ["Metric"] = "name:1:s description:2:s unit:3:s sum:7:Sum histogram:9:Histogram",
        ["Sum"] = "dataPoints:1:NumberDataPoint* aggregationTemporality:2:n isMonotonic:3:b",
        ["Histogram"] = "dataPoints:1:HistogramDataPoint* aggregationTemporality:2:n",
        ["NumberDataPoint"] = "startTimeUnixNano:2:l timeUnixNano:3:l asInt:6:l attributes:7:KeyValue*",
        ["HistogramDataPoint"] =
            "startTimeUnixNano:2:l timeUnixNano:3:l count:4:l sum:5:d bucketCounts:6:L explicitBounds:7:D attributes:9:KeyValue* min:11:d max:12:d",
        ["Resource"] = "attributes:1:KeyValue* droppedAttributesCount:2:n",
        ["Scope"] = "name:1:s version:2:s attributes:3:KeyValue* droppedAttributesCount:4:n",
        ["KeyValue"] = "key:1:s value:2:AnyValue",
        ["AnyValue"] = "stringValue:1:s boolValue:2:b intValue:3:i doubleValue:4:d arrayValue:5:ArrayValue kvlistValue:6:KeyValueList",
        ["ArrayValue"] = "values:1:AnyValue*",
        ["KeyValueList"] = "values:1:KeyValue*",
    }.ToDictionary(message => message.Key, message => message.Value.Split(' ').Select(Field.Parse).ToArray());

    /// <summary>Reads a request for a signal: <c>logs</c>, <c>traces</c> or <c>metrics</c>.</summary>
    /// <exception cref="InvalidDataException">The text is not such a request, or has a field that the tables lack.</exception>
    public static string ToJson(string signal, ReadOnlySpan<byte> request) => Read(signal, request).ToJsonString();

    private static JsonObject Read(string message, ReadOnlySpan<byte> rest)
    {
        var json = new JsonObject();
        while (!rest.IsEmpty)
        {
            ulong tag = Varint(ref rest);
            Field field = Messages[message].SingleOrDefault(field => field.Number == (int)(tag >> 3))
                ?? throw new InvalidDataException($"{message} has no field {tag >> 3}.");
            JsonNode value = ReadValue(field, (int)(tag & 7), ref rest);
            if (!field.IsRepeated)
            {
                json[field.Name] = value;
            }
            else if (json[field.Name] is JsonArray values)
            {
                values.Add(value);
            }
            else
            {
                json[field.Name] = new JsonArray(value);
            }
        }

        return json;
    }

    private static JsonNode ReadValue(Field field, int wireType, ref ReadOnlySpan<byte> rest)
    {
        int expected = field.Kind switch { "i" or "n" or "b" => 0, "l" or "d" => 1, "f" => 5, _ => 2 };
        if (wireType != expected)
        {
            throw new InvalidDataException($"{field.Name} has the wire type {wireType}.");
        }

        switch (wireType)
        {
            case 0:
                ulong number = Varint(ref rest);
                return field.Kind switch
                {
                    "b" => number != 0,
                    "n" => (long)number,
                    _ => ((long)number).ToString(System.Globalization.CultureInfo.InvariantCulture),
                };
            case 1:
                ReadOnlySpan<byte> eight = Take(ref rest, 8);
                return field.Kind == "d"
                    ? BinaryPrimitives.ReadDoubleLittleEndian(eight)
                    : BinaryPrimitives.ReadUInt64LittleEndian(eight).ToString(System.Globalization.CultureInfo.InvariantCulture);
            case 5:
                return BinaryPrimitives.ReadUInt32LittleEndian(Take(ref rest, 4));
            default:
                ReadOnlySpan<byte> content = Take(ref rest, (int)Varint(ref rest));
                return field.Kind switch
                {
                    "s" => System.Text.Encoding.UTF8.GetString(content),
                    "x" => Convert.ToHexStringLower(content),
                    "L" or "D" => ReadPacked(field, content),
                    _ => Read(field.Kind, content),
                };
        }
    }

    private static JsonArray ReadPacked(Field field, ReadOnlySpan<byte> rest)
    {
        var values = new JsonArray();
        Field single = field with { Kind = field.Kind.ToLowerInvariant() };
        while (!rest.IsEmpty)
        {
            values.Add(ReadValue(single, wireType: 1, ref rest));
        }

        return values;
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, int length)
    {
        if (length < 0 || length > rest.Length)
        {
            throw new InvalidDataException("A field is truncated.");
        }

        ReadOnlySpan<byte> taken = rest[..length];
        rest = rest[length..];
        return taken;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> rest)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = Take(ref rest, 1)[0];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    private sealed record Field(string Name, int Number, string Kind, bool IsRepeated)
    {
        public static Field Parse(string text)
        {
            string[] parts = text.TrimEnd('*').Split(':');
            return new Field(parts[0], int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), parts[2], text.EndsWith('*'));
        }
    }
}
