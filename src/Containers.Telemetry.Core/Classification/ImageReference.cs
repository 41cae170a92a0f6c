using System.Diagnostics.CodeAnalysis;

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
