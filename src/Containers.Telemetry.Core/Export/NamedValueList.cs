using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Export;

/// <summary>
/// The list that <c>OTEL_EXPORTER_OTLP_HEADERS</c> and <c>OTEL_RESOURCE_ATTRIBUTES</c> share: <c>name=value</c> entries with commas between
/// them, percent-encoded, spaces around each part ignored. It is W3C Baggage without properties.
/// </summary>
internal static class NamedValueList
{
    /// <summary>Parses a list. A name that comes twice has its last value.</summary>
    /// <param name="text">The list. Empty entries are skipped.</param>
    /// <param name="names">How names are compared.</param>
    /// <returns>The entries in order, or null when one is not <c>name=value</c> or not percent-encoded UTF-8.</returns>
    public static List<NamedValue>? TryParse(string text, StringComparison names)
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
                || PercentEncoding.TryDecode(entry[..equals].Trim()) is not { Length: > 0 } name
                || PercentEncoding.TryDecode(entry[(equals + 1)..].Trim()) is not { } value)
            {
                return null;
            }

            Set(entries, new NamedValue(name, value), names);
        }

        return entries;
    }

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
