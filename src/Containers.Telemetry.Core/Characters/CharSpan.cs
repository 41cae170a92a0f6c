namespace Containers.Telemetry.Characters;

/// <summary>Checks and splits text. In a build the first use of LINQ, or of the framework's enumerators of spans, takes longer than all of this.</summary>
internal static class CharSpan
{
    public static bool ContainsOnly(this ReadOnlySpan<char> text, Predicate<char> isAllowed)
    {
        foreach (char character in text)
        {
            if (!isAllowed(character))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Removes the text before the first separator, and the separator, from <paramref name="rest"/>; returns the text.</summary>
    public static ReadOnlySpan<char> TakeUntil(this ref ReadOnlySpan<char> rest, char separator)
    {
        int end = rest.IndexOf(separator);
        ReadOnlySpan<char> taken = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];

        return taken;
    }
}
