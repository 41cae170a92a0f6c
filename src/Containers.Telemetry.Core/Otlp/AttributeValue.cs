using Containers.Telemetry.Classification;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Otlp;

/// <summary>Converts values of fields to values of OpenTelemetry attributes, and back.</summary>
public static class AttributeValue
{
    /// <summary>Returns the value of the attribute; empty, to leave the attribute out, when the semantic convention has no word for it.</summary>
    public static string Of(EventField field, string value) =>
        field.Kind is FieldKind.TargetFramework ? TargetFrameworks.Moniker(value)
        : field.AttributeValues.Length == 0 ? value
        : field.AttributeValues[Array.IndexOf(field.AllowedValues, value)];

    /// <summary>Returns the value of the field. It is not validated yet.</summary>
    public static string? ToField(EventField field, string value) =>
        field.Kind is FieldKind.TargetFramework ? TargetFrameworks.FromMoniker(value)
        // Schema 1 has the names of exception types without a namespace.
        : value.Length > 0 && Array.IndexOf(field.AttributeValues, value) is >= 0 and var index ? field.AllowedValues[index]
        : value;
}
