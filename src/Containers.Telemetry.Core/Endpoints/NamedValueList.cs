using Containers.Telemetry.Characters;

namespace Containers.Telemetry.Endpoints;

/// <summary>
/// The list that <c>OTEL_EXPORTER_OTLP_HEADERS</c> and <c>OTEL_RESOURCE_ATTRIBUTES</c> share: <c>name=value</c> entries with commas between
/// them, spaces around each part ignored.
/// </summary>
internal static class NamedValueList
{
    /// <summary>Parses a list. The last value of a duplicate name counts.</summary>
    /// <param name="text">The list. Empty entries are skipped.</param>
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

            // Split at the first one, since a value may contain more, as in Base64.
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
        if (entries.FindIndex(known => string.Equals(known.Name, entry.Name, names)) is >= 0 and var index)
        {
            entries[index] = entry;
        }
        else
        {
            entries.Add(entry);
        }
    }
}

/// <summary>An entry of a list such as <c>OTEL_EXPORTER_OTLP_HEADERS</c>. It has no <c>ToString</c>, since its value may be a secret.</summary>
/// <param name="name">The part before the equals sign, decoded.</param>
/// <param name="value">The part after the equals sign, decoded.</param>
internal sealed class NamedValue(string name, string value)
{
    public string Name { get; } = name;

    public string Value { get; } = value;
}

/// <summary>Percent-encoding of UTF-8 (RFC 3986).</summary>
internal static class PercentEncoding
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>The text, or null when a percent sign is not followed by two hex digits or the bytes are not UTF-8.</returns>
    public static string? TryDecode(ReadOnlySpan<char> text)
    {
        if (text.IndexOf('%') < 0)
        {
            return text.ToString();
        }

        try
        {
            byte[] encoded = new byte[Strict.GetByteCount(text)];
            int length = Decode(encoded.AsSpan(0, Strict.GetBytes(text, encoded)));
            return length < 0 ? null : Strict.GetString(encoded, 0, length);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // In place: a decoded text is never longer than its encoded form.
    private static int Decode(Span<byte> bytes)
    {
        int length = 0;

        for (int i = 0; i < bytes.Length; i++)
        {
            byte value = bytes[i];
            if (value == (byte)'%')
            {
                if (i + 2 >= bytes.Length || !byte.TryParse(bytes.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value))
                {
                    return -1;
                }

                i += 2;
            }

            bytes[length++] = value;
        }

        return length;
    }
}

/// <summary>The rules of HTTP for a header that a user adds to a request (RFC 9110, section 5).</summary>
internal static class HttpHeaderRules
{
    // Headers that the exporter sets itself, and headers of a connection.
    private static readonly string[] Reserved =
    [
        "Connection", "Content-Encoding", "Content-Length", "Content-Type", "Expect", "Host", "Keep-Alive", "Proxy-Authorization", "Proxy-Connection",
        "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    ];

    public static bool IsAllowed(NamedValue header) =>
        IsToken(header.Name)
            && !Reserved.Contains(header.Name, StringComparer.OrdinalIgnoreCase)
            && header.Value.AsSpan().ContainsOnly(static c => c is '\t' or (>= ' ' and <= '~'));

    private static bool IsToken(string name) =>
        name.Length > 0 && name.AsSpan().ContainsOnly(static c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));
}
