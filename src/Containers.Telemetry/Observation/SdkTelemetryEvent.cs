namespace Containers.Telemetry.Observation;

/// <summary>A withheld event of the SDK's own container telemetry.</summary>
/// <param name="Properties">Its properties; the SDK passes null for a missing value.</param>
internal sealed record SdkTelemetryEvent(string Name, IReadOnlyDictionary<string, string?> Properties)
{
    public string? Value(string key) => Properties.TryGetValue(key, out string? value) ? value : null;
}
