namespace Containers.Telemetry.Observation;

/// <summary>An event of the SDK's own container telemetry, taken out of the stream.</summary>
/// <param name="Name">The event's name.</param>
/// <param name="Properties">Its properties; the SDK passes null for a value that it does not have.</param>
internal sealed record SdkTelemetryEvent(string Name, IReadOnlyDictionary<string, string?> Properties)
{
    public string? Value(string key) => Properties.TryGetValue(key, out string? value) ? value : null;
}
