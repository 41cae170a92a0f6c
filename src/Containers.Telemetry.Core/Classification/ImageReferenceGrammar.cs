using System.Globalization;

namespace Containers.Telemetry.Classification;

/// <summary>The productions of the image reference grammar, with the SDK's deviations from the grammar of the Docker distribution.</summary>
internal static class ImageReferenceGrammar
{
    private const int MaxTagLength = 128;

    /// <summary>A host and an optional port. Without a dot only <c>localhost</c> is a host, even when a port follows.</summary>
    public static bool IsRegistry(ReadOnlySpan<char> text)
    {
        int portColon = text is ['[', ..] ? text.LastIndexOf("]:") + 1 : text.IndexOf(':');
        if (portColon > 0)
        {
            ReadOnlySpan<char> port = text[(portColon + 1)..];
            if (port.IsEmpty || port.ContainsAnyExceptInRange('0', '9'))
            {
                return false;
            }

            text = text[..portColon];
        }

        return text is "localhost" || IsBracketedAddress(text) || IsDottedDomain(text);
    }

    /// <summary>Path segments of lower-case alphanumeric runs, joined by a dot, one or two underscores, or dashes.</summary>
    public static bool IsRepository(ReadOnlySpan<char> text)
    {
        while (true)
        {
            int slash = text.IndexOf('/');
            if (!IsRepositorySegment(slash < 0 ? text : text[..slash]))
            {
                return false;
            }

            if (slash < 0)
            {
                return true;
            }

            text = text[(slash + 1)..];
        }
    }

    /// <summary>A word character, then up to 127 word characters, dots and dashes. The SDK admits word characters beyond ASCII.</summary>
    public static bool IsTag(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MaxTagLength || !IsWordCharacter(text[0]))
        {
            return false;
        }

        foreach (char c in text)
        {
            if (c is not ('.' or '-') && !IsWordCharacter(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>An algorithm and the encoded hash, joined by a colon.</summary>
    public static bool IsDigest(ReadOnlySpan<char> text)
    {
        int colon = text.IndexOf(':');
        return colon >= 0 && IsDigestAlgorithm(text[..colon]) && IsDigestEncoding(text[(colon + 1)..]);
    }

    private static bool IsBracketedAddress(ReadOnlySpan<char> text)
    {
        if (text is not ['[', _, .., ']'])
        {
            return false;
        }

        foreach (char c in text[1..^1])
        {
            if (c != ':' && !char.IsAsciiHexDigit(c))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsDottedDomain(ReadOnlySpan<char> text)
    {
        bool hasDot = false;
        char previous = '.';
        foreach (char c in text)
        {
            bool isAllowed = c switch
            {
                '.' => char.IsAsciiLetterOrDigit(previous),
                '-' => previous != '.',
                _ => char.IsAsciiLetterOrDigit(c),
            };
            if (!isAllowed)
            {
                return false;
            }

            hasDot |= c == '.';
            previous = c;
        }

        return hasDot && char.IsAsciiLetterOrDigit(previous);
    }

    private static bool IsRepositorySegment(ReadOnlySpan<char> text)
    {
        int run = AlphanumericRun(text);
        while (run > 0)
        {
            text = text[run..];
            if (text.IsEmpty)
            {
                return true;
            }

            text = text[RepositorySeparator(text)..];
            run = AlphanumericRun(text);
        }

        return false;
    }

    private static int RepositorySeparator(ReadOnlySpan<char> text) => text switch
    {
        ['_', '_', ..] => 2,
        ['_' or '.', ..] => 1,
        _ => text.Length - text.TrimStart('-').Length,
    };

    private static bool IsDigestAlgorithm(ReadOnlySpan<char> text)
    {
        int run = AlphanumericRun(text);
        while (run > 0 && run < text.Length && text[run] is '+' or '.' or '_' or '-')
        {
            text = text[(run + 1)..];
            run = AlphanumericRun(text);
        }

        return run > 0 && run == text.Length;
    }

    private static bool IsDigestEncoding(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('=' or '_' or '-'))
            {
                return false;
            }
        }

        return !text.IsEmpty;
    }

    private static int AlphanumericRun(ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length && (char.IsAsciiLetterLower(text[length]) || char.IsAsciiDigit(text[length])))
        {
            length++;
        }

        return length;
    }

    /// <summary>The characters of <c>\w</c> in a .NET regular expression.</summary>
    private static bool IsWordCharacter(char c) =>
        char.IsAscii(c)
            ? char.IsAsciiLetterOrDigit(c) || c == '_'
            : char.IsLetter(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation;
}
