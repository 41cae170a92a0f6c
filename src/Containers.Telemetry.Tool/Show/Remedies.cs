namespace Containers.Telemetry.Tool.Show;

/// <summary>The remedy of each kind of error, from docs/kinds-of-error.md: the page is a resource of the tool.</summary>
internal static class Remedies
{
    private const string Page = "kinds-of-error.md";
    private const string Heading = "## What to do";

    /// <summary>Returns the remedy of a kind; null for a kind that the page does not know.</summary>
    public static string? Find(string kind)
    {
        using var reader = new StreamReader(typeof(Remedies).Assembly.GetManifestResourceStream(Page)!);
        string start = $"| `{kind}` | ";
        bool isThere = false;
        while (reader.ReadLine() is { } line)
        {
            isThere |= line == Heading;
            if (isThere && line.StartsWith(start, StringComparison.Ordinal))
            {
                return line[start.Length..].TrimEnd('|', ' ').Replace("`", "", StringComparison.Ordinal);
            }
        }

        return null;
    }
}
