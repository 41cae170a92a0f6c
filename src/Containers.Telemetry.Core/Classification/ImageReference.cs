using System.Diagnostics.CodeAnalysis;
using Containers.Telemetry.Characters;

namespace Containers.Telemetry.Classification;

/// <summary>The parts of an image reference, <c>[registry/]repository[:tag][@digest]</c>, as the SDK's container tools read one.</summary>
/// <param name="Registry">The registry's authority as written, or <c>docker.io</c> when the reference names none.</param>
/// <param name="Repository">The repository; one of a single segment on <c>docker.io</c> is under <c>library/</c>.</param>
/// <param name="Tag">The tag without its colon, or null.</param>
/// <param name="Digest">The digest with its algorithm, or null.</param>
internal sealed record ImageReference(string Registry, string Repository, string? Tag, string? Digest)
{
    private const string DefaultRegistry = "docker.io";

    /// <summary>Parses an image reference in time proportional to its length.</summary>
    /// <param name="text">Any text, or null. Spaces are not replaced; the SDK does that before it parses.</param>
    /// <param name="reference">The parts, or null.</param>
    /// <returns>Whether the text is an image reference for the SDK.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ImageReference? reference)
    {
        reference = null;

        ReadOnlySpan<char> name = text;
        if (name is [.., '\n'])
        {
            // The SDK's expressions end in '$', which also matches before a final line feed.
            name = name[..^1];
        }

        if (!TryCut(ref name, name.IndexOf('@'), out ReadOnlySpan<char> digest)
            || !(digest.IsEmpty || ImageReferenceGrammar.IsDigest(digest)))
        {
            return false;
        }

        int lastSegment = name.LastIndexOf('/') + 1;
        int colon = name[lastSegment..].IndexOf(':');
        if (!TryCut(ref name, colon < 0 ? -1 : lastSegment + colon, out ReadOnlySpan<char> tag)
            || !(tag.IsEmpty || ImageReferenceGrammar.IsTag(tag)))
        {
            return false;
        }

        ReadOnlySpan<char> registry = DefaultRegistry;
        int firstSlash = name.IndexOf('/');
        if (firstSlash >= 0 && ImageReferenceGrammar.IsRegistry(name[..firstSlash]))
        {
            registry = name[..firstSlash];
            name = name[(firstSlash + 1)..];
        }

        if (!ImageReferenceGrammar.IsRepository(name))
        {
            return false;
        }

        bool isOfficialImage = registry.SequenceEqual(DefaultRegistry) && !name.Contains('/');
        reference = new ImageReference(
            registry.ToString(),
            isOfficialImage ? string.Concat("library/", name) : name.ToString(),
            tag.IsEmpty ? null : tag.ToString(),
            digest.IsEmpty ? null : digest.ToString());
        return true;
    }

    /// <summary>Cuts the text at a separator, if there is one; a separator without a part after it is an error.</summary>
    private static bool TryCut(ref ReadOnlySpan<char> text, int separator, out ReadOnlySpan<char> behind)
    {
        behind = default;
        if (separator < 0)
        {
            return true;
        }

        behind = text[(separator + 1)..];
        text = text[..separator];
        return !behind.IsEmpty;
    }
}

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
            if (!DottedNumber.IsDigits(port))
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
    public static bool IsTag(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxTagLength
        && IsWordCharacter(text[0])
        && text.ContainsOnly(static c => c is '.' or '-' || IsWordCharacter(c));

    /// <summary>An algorithm and the encoded hash, joined by a colon.</summary>
    public static bool IsDigest(ReadOnlySpan<char> text)
    {
        int colon = text.IndexOf(':');
        return colon >= 0 && IsDigestAlgorithm(text[..colon]) && IsDigestEncoding(text[(colon + 1)..]);
    }

    private static bool IsBracketedAddress(ReadOnlySpan<char> text) =>
        text is ['[', _, .., ']'] && text[1..^1].ContainsOnly(static c => c == ':' || char.IsAsciiHexDigit(c));

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

    private static bool IsDigestEncoding(ReadOnlySpan<char> text) =>
        !text.IsEmpty && text.ContainsOnly(static c => char.IsAsciiLetterOrDigit(c) || c is '=' or '_' or '-');

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
