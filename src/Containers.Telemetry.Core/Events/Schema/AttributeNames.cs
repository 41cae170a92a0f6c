namespace Containers.Telemetry.Events.Schema;

/// <summary>The OpenTelemetry attributes that no semantic convention has a name for.</summary>
public static class AttributeNames
{
    /// <summary>What the name of every attribute of ours starts with.</summary>
    public const string Prefix = "containers_telemetry.";
}
