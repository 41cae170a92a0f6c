using System.Text.Json.Nodes;

namespace Containers.Telemetry.Package.Tests.Sinks;

/// <summary>A log record or a span, read by somebody who knows OTLP/JSON and nothing of this product.</summary>
internal sealed record OtlpJsonRecord(JsonObject Json, IReadOnlyDictionary<string, string> Resource, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>The SDK's name of the event; OpenTelemetry's if the SDK has none.</summary>
    public string? EventName => Attributes.GetValueOrDefault("containers_telemetry.sdk.event_name") ?? (string?)Json["eventName"];

    public string? EventId => Attributes.GetValueOrDefault("log.record.uid");

    public string? PublishId => Attributes.GetValueOrDefault("containers_telemetry.publish.id");

    /// <summary>The event, and the kind of the error if it is one.</summary>
    public string Outcome => Attributes.TryGetValue("error.type", out string? error) ? $"{EventName} {error}" : $"{EventName}";

    /// <summary>Reads all records of a request, or the record of a line of the store.</summary>
    public static IEnumerable<OtlpJsonRecord> Read(string request)
    {
        JsonObject root = JsonNode.Parse(request)!.AsObject();
        string signal = root.ContainsKey("resourceLogs") ? "Logs" : "Spans";
        foreach (JsonObject resource in Objects(root["resource" + signal]))
        {
            IReadOnlyDictionary<string, string> resourceAttributes = AttributesOf(resource["resource"]!);
            foreach (JsonObject scope in Objects(resource["scope" + signal]))
            {
                foreach (JsonObject record in Objects(scope[signal == "Logs" ? "logRecords" : "spans"]))
                {
                    yield return new OtlpJsonRecord(record, resourceAttributes, AttributesOf(record));
                }
            }
        }
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? array) => (array?.AsArray() ?? []).Select(node => node!.AsObject());

    private static Dictionary<string, string> AttributesOf(JsonNode owner) =>
        Objects(owner["attributes"]).ToDictionary(
            attribute => (string)attribute["key"]!, attribute => TextOf(attribute["value"]!.AsObject()), StringComparer.Ordinal);

    private static string TextOf(JsonObject value)
    {
        (string kind, JsonNode? content) = value.Single();
        return kind == "arrayValue" ? string.Join(';', Objects(content!["values"]).Select(TextOf)) : content!.ToString();
    }
}
