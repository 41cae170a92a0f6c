namespace Containers.Telemetry.Surroundings;

/// <summary>Splits text at a separator. Compiling the framework's line enumerator takes longer than the whole detection in a build.</summary>
internal static class SpanSplitter
{
    /// <summary>Removes the text before the first separator, and the separator, from <paramref name="rest"/>; returns the text.</summary>
    public static ReadOnlySpan<char> TakeUntil(this ref ReadOnlySpan<char> rest, char separator)
    {
        int end = rest.IndexOf(separator);
        ReadOnlySpan<char> taken = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];

        return taken;
    }
}
