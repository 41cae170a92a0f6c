using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Events;

/// <summary>Writes an event like the .NET SDK: the same keys, the same formats, and no key without a value.</summary>
public static class SdkFormat
{
    private const string OneRuntimeKey = "TargetRuntime";

    /// <summary>Returns the properties for MSBuild's LogTelemetry. No value is ever null: one null once ended MSBuild's worker nodes.</summary>
    /// <param name="hasOneRuntime">Whether the SDK is one that reports a single runtime identifier, under the key <c>TargetRuntime</c>.</param>
    public static Dictionary<string, string> Properties(ContainerEvent containerEvent, bool hasOneRuntime = false)
    {
        var properties = new Dictionary<string, string>(containerEvent.Values.Count, StringComparer.Ordinal);
        foreach (KeyValuePair<EventField, object> value in containerEvent.Values)
        {
            if (value.Key.SdkKey is { } key && Format(value.Key, value.Value) is { } text)
            {
                properties[hasOneRuntime && value.Key == InferenceFields.TargetRuntime ? OneRuntimeKey : key] = text;
            }
        }

        return properties;
    }

    private static string? Format(EventField field, object value) => value switch
    {
        string text => field.SdkValues.Length == 0 ? text : field.SdkValues[Array.IndexOf(field.AllowedValues, text)],
        bool flag => flag ? bool.TrueString : bool.FalseString,
        string[] texts => string.Join(field.SdkSeparator, texts),
        _ => null,
    };
}
