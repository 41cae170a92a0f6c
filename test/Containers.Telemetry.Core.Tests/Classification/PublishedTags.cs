namespace Containers.Telemetry.Classification;

/// <summary>The committed list of what Microsoft publishes for .NET. Its first lines say where it comes from.</summary>
internal static class PublishedTags
{
    private const char Comment = '#';

    /// <summary>Reads the list.</summary>
    public static IEnumerable<(string Repository, string Tag)> Read()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Classification", "Facts", "published-tags.txt");
        foreach (string line in File.ReadLines(path).Where(line => line[0] != Comment))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            yield return (line[..colon], line[(colon + 1)..]);
        }
    }
}
