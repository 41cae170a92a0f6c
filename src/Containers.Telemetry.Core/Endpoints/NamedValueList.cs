using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Endpoints;

/// <summary>
/// The list that <c>OTEL_EXPORTER_OTLP_HEADERS</c> and <c>OTEL_RESOURCE_ATTRIBUTES</c> share: <c>name=value</c> entries with commas between
/// them, spaces around each part ignored.
/// </summary>
internal static class NamedValueList
{
    /// <summary>Parses a list. A name that comes twice has its last value.</summary>
    /// <param name="text">The list. Empty entries are skipped.</param>
    /// <param name="names">How names are compared.</param>
    /// <param name="isBaggage">
    /// True for W3C Baggage, where the value alone is percent-encoded and properties may follow it after semicolons; they are ignored. False for
    /// a list whose names are percent-encoded, too, and which has no properties.
    /// </param>
    /// <returns>The entries in order, or null when one is not <c>name=value</c> or not percent-encoded UTF-8.</returns>
    public static List<NamedValue>? TryParse(string text, StringComparison names, bool isBaggage)
    {
        List<NamedValue> entries = [];
        ReadOnlySpan<char> rest = text;

        while (!rest.IsEmpty)
        {
            ReadOnlySpan<char> entry = rest.TakeUntil(',').Trim();

            if (entry.IsEmpty)
            {
                continue;
            }

            // The first one divides: a value may hold more, as Base64 does.
            int equals = entry.IndexOf('=');

            if (equals < 0
                || ReadName(entry[..equals].Trim(), isBaggage) is not { Length: > 0 } name
                || ReadValue(entry[(equals + 1)..], isBaggage) is not { } value)
            {
                return null;
            }

            Set(entries, new NamedValue(name, value), names);
        }

        return entries;
    }

    private static string? ReadName(ReadOnlySpan<char> name, bool isBaggage) => isBaggage ? name.ToString() : PercentEncoding.TryDecode(name);

    private static string? ReadValue(ReadOnlySpan<char> value, bool isBaggage) =>
        PercentEncoding.TryDecode((isBaggage && value.IndexOf(';') is >= 0 and var end ? value[..end] : value).Trim());

    private static void Set(List<NamedValue> entries, NamedValue entry, StringComparison names)
    {
        for (int i = 0; i < entries.Count; i++)
        {
            if (string.Equals(entries[i].Name, entry.Name, names))
            {
                entries[i] = entry;
                return;
            }
        }

        entries.Add(entry);
    }
}
