namespace Containers.Telemetry.Classification;

/// <summary>The committed list of Microsoft's published .NET images. Its first lines name the source.</summary>
internal static class PublishedTags
{
    private const char Comment = '#';

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
