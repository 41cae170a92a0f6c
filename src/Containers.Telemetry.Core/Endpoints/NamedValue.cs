namespace Containers.Telemetry.Endpoints;

/// <summary>An entry of a list such as <c>OTEL_EXPORTER_OTLP_HEADERS</c>. It has no text of its own, since its value may be a secret.</summary>
internal sealed class NamedValue
{
    public NamedValue(string name, string value)
    {
        Name = name;
        Value = value;
    }

    /// <summary>What stands before the equals sign, decoded.</summary>
    public string Name { get; }

    /// <summary>What stands after the equals sign, decoded.</summary>
    public string Value { get; }
}
