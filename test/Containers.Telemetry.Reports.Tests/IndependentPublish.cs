using System.Globalization;
using System.Text.Json;

namespace Containers.Telemetry.Reports.Tests;

/// <summary>A publish as a straightforward reader sees it: all lines parsed, all events in memory, grouped and sorted by queries.</summary>
internal sealed class IndependentPublish
{
    private readonly Dictionary<string, JsonElement> _attributes = new(StringComparer.Ordinal);

    /// <summary>When it ended, UTC.</summary>
    public DateTime Time { get; private init; }

    /// <summary>The attribute's value; null while the publish is unfinished.</summary>
    public string? Outcome => Text("cicd.pipeline.task.run.result");

    public string? Pull => Text("containers_telemetry.pull.remote_kind") ?? Text("containers_telemetry.pull.local_kind");

    public string? Push => Text("containers_telemetry.push.remote_kind") ?? Text("containers_telemetry.push.local_kind");

    public static List<IndependentPublish> Read(string folder)
    {
        var events = Directory.EnumerateFiles(folder).SelectMany(File.ReadLines).Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("resourceLogs")[0])
            .Select(static resource => (Resource: resource.GetProperty("resource"), Record: resource.GetProperty("scopeLogs")[0].GetProperty("logRecords")[0]))
            .Select(static pair => (
                Name: pair.Record.GetProperty("eventName").GetString(),
                Ticks: long.Parse(pair.Record.GetProperty("timeUnixNano").GetString()!, CultureInfo.InvariantCulture) / 100,
                Attributes: Attributes(pair.Resource).Concat(Attributes(pair.Record)).ToDictionary(static attribute => attribute.Key, static attribute => attribute.Value)))
            .DistinctBy(static one => one.Attributes["log.record.uid"].GetProperty("stringValue").GetString());
        var publishes = new List<IndependentPublish>();
        foreach (var publish in events.GroupBy(static one => one.Attributes["containers_telemetry.publish.id"].GetProperty("stringValue").GetString()))
        {
            var inference = publish.Where(static one => one.Name == "sdk/container/inference").MinBy(static one => one.Ticks);
            var outcome = publish
                .Where(static one => one.Name != "sdk/container/inference")
                .OrderBy(static one => one.Name == "sdk/container/publish/error" ? 0 : one.Attributes["containers_telemetry.scope"].GetProperty("stringValue").GetString() == "index" ? 1 : 2)
                .ThenBy(static one => one.Ticks)
                .FirstOrDefault();
            var read = new IndependentPublish { Time = DateTime.UnixEpoch.AddTicks(outcome.Attributes is null ? inference.Ticks : outcome.Ticks) };
            foreach ((string key, JsonElement value) in (outcome.Attributes ?? []).Concat(inference.Attributes ?? []))
            {
                read._attributes.TryAdd(key, value);
            }

            publishes.Add(read);
        }

        return publishes;
    }

    public string? Text(string attribute) => _attributes.TryGetValue(attribute, out JsonElement value) ? value.GetProperty("stringValue").GetString() : null;

    public long? Number(string attribute) =>
        _attributes.TryGetValue(attribute, out JsonElement value) ? long.Parse(value.GetProperty("intValue").GetString()!, CultureInfo.InvariantCulture) : null;

    public IEnumerable<string?> Texts(string attribute) => _attributes.TryGetValue(attribute, out JsonElement value)
        ? value.GetProperty("arrayValue").GetProperty("values").EnumerateArray().Select(static element => element.GetProperty("stringValue").GetString())
        : [];

    private static IEnumerable<KeyValuePair<string, JsonElement>> Attributes(JsonElement owner) => owner.GetProperty("attributes").EnumerateArray()
        .Select(static attribute => KeyValuePair.Create(attribute.GetProperty("key").GetString()!, attribute.GetProperty("value")));
}
