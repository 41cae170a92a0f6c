using System.Text.RegularExpressions;

namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>The Markdown page of a package, which people read without the other files of the repository.</summary>
public static partial class PackedPage
{
    /// <summary>Checks that each link is absolute, and that links to files of this repository lead to existing files.</summary>
    /// <param name="page">The page as packed.</param>
    /// <param name="files">The beginning of the URLs of the repository's files.</param>
    public static void AssertLinks(string page, string files)
    {
        string[] links = [.. Link().Matches(page).Select(static match => match.Groups[1].Value)];

        Assert.IsNotEmpty(links);
        foreach (string link in links)
        {
            Assert.IsTrue(Uri.TryCreate(link, UriKind.Absolute, out _), link);
            if (link.StartsWith(files, StringComparison.Ordinal))
            {
                string file = link[files.Length..].Split('#')[0];
                Assert.IsTrue(Path.Exists(Path.Combine(Repository.Root, file)), link);
            }
        }

        Assert.IsTrue(Array.Exists(links, link => link.StartsWith(files, StringComparison.Ordinal)), "The page has no link to a file.");
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
