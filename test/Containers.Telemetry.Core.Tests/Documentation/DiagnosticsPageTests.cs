using System.Text.RegularExpressions;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Events.Documentation;

/// <summary>Compares docs/diagnostics.md with what the sources can say in a build.</summary>
[TestClass]
public sealed partial class DiagnosticsPageTests
{
    private static readonly string[] Folders = ["build", "src"];
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics.md")).ReplaceLineEndings("\n");

    private static readonly string[] Sources =
    [
        .. Folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".cs" or ".props" or ".targets")
            .Select(File.ReadAllText),
    ];

    [TestMethod]
    public void Page_Codes_AreThoseOfTheSources()
    {
        string[] codes = [.. Sources.SelectMany(source => Code().Matches(source)).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];
        string[] headings = [.. Heading().Matches(Page).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)];

        CollectionAssert.AreEqual(codes, headings, $"Sources: {string.Join(' ', codes)}\nPage: {string.Join(' ', headings)}");
    }

    [TestMethod]
    public void Page_EachCode_SaysWhatWhyAndWhatToDo()
    {
        foreach (string section in Page.Split("\n### ").Skip(1))
        {
            Assert.IsTrue(section.Contains("\n> ", StringComparison.Ordinal), section);
            foreach (string part in new[] { "Why", "What applies", "What to do" })
            {
                Assert.IsTrue(section.Contains($"| {part} |", StringComparison.Ordinal), $"{part}: {section}");
            }
        }
    }

    [TestMethod]
    public void Page_Warnings_AreQuotedAsTheTargetsHaveThem()
    {
        foreach (Match warning in Sources.SelectMany(source => Warning().Matches(source)))
        {
            Assert.IsTrue(Page.Contains($"### {warning.Groups[1].Value}\n> {warning.Groups[2].Value}\n", StringComparison.Ordinal), warning.Value);
        }
    }

    [TestMethod]
    public void Page_Faults_AreThoseOfTheSources()
    {
        string[] faults = [.. Sources.SelectMany(source => Fault().Matches(source)).Select(match => match.Groups[1].Value).Distinct()];

        Assert.IsGreaterThanOrEqualTo(3, faults.Length);
        foreach (string fault in faults)
        {
            Assert.IsTrue(Page.Contains($"`Containers.Telemetry {fault} (", StringComparison.Ordinal), fault);
        }
    }

    [GeneratedRegex("CTEL[0-9]{4}")]
    private static partial Regex Code();

    [GeneratedRegex("^### (CTEL[0-9]{4})$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("<Warning Code=\"(CTEL[0-9]{4})\"\\s+Text=\"([^\"]+)\"")]
    private static partial Regex Warning();

    [GeneratedRegex("\"(could not [a-z ]+)\"")]
    private static partial Regex Fault();
}
