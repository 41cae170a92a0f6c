using System.Text.RegularExpressions;
using Containers.Telemetry.Settings;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Events.Documentation;

/// <summary>Compares docs/diagnostics.md, the targets and the sources with the table of diagnostics.</summary>
[TestClass]
public sealed partial class DiagnosticsPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics.md")).ReplaceLineEndings("\n");

    private static readonly string[] CSharpFiles =
        Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories);

    private static readonly string Targets = File.ReadAllText(Path.Combine(Repository.Root, "build", "Containers.Telemetry.targets"));

    [TestMethod]
    public void Table_Codes_AreInOrderAndUsedOnce()
    {
        string[] codes = [.. Diagnostics.All.Select(diagnostic => diagnostic.Code)];

        CollectionAssert.AreEqual(codes.Distinct().Order(StringComparer.Ordinal).ToArray(), codes);
        Assert.IsTrue(codes.All(code => Code().IsMatch(code)));
    }

    [TestMethod]
    public void Page_Codes_AreThoseOfTheTable() =>
        CollectionAssert.AreEqual(Diagnostics.All.Select(diagnostic => diagnostic.Code).ToArray(), Headings());

    public static IEnumerable<object[]> Codes => Diagnostics.All.Select(diagnostic => new object[] { diagnostic.Code });

    [TestMethod]
    [DynamicData(nameof(Codes))]
    public void Page_Diagnostic_HasTheTextAndTheRemedyOfTheTable(string code)
    {
        Diagnostic diagnostic = Diagnostics.All.Single(diagnostic => diagnostic.Code == code);
        string section = Page[Page.IndexOf($"\n### {code}\n", StringComparison.Ordinal)..].Split("\n### ")[1];

        Assert.MatchesRegex(new Regex("\n> " + Argument().Replace(Regex.Escape(diagnostic.Text), "[^{}\n]+") + "\n"), section);
        Assert.Contains($"| What to do | {diagnostic.Remedy}", section);
    }

    [TestMethod]
    public void Targets_Warnings_AreThoseOfTheTable() => CollectionAssert.AreEquivalent(
        Diagnostics.All.Where(diagnostic => diagnostic.Source is DiagnosticSource.Targets)
            .Select(diagnostic => $"{diagnostic.Code}: {diagnostic.Text}")
            .ToArray(),
        Warning().Matches(Targets).Select(warning => $"{warning.Groups[1].Value}: {warning.Groups[2].Value}").ToArray());

    [TestMethod]
    public void Targets_WarningsOfTheTasks_NeverBecomeErrors()
    {
        string[] expected =
        [
            .. Diagnostics.All.Where(diagnostic => diagnostic.Source is DiagnosticSource.Tasks)
                .Select(diagnostic => diagnostic.Code),
        ];

        CollectionAssert.AreEqual(expected, NeverErrors().Match(Targets).Groups[1].Value.Split(';').Order(StringComparer.Ordinal).ToArray());
    }

    [TestMethod]
    public void Sources_Codes_AreInTheTableAlone()
    {
        string[] elsewhere = [.. CSharpFiles.Where(file => Path.GetFileName(file) != "Diagnostics.cs" && CodeInQuotes().IsMatch(File.ReadAllText(file)))];

        CollectionAssert.AreEqual(Array.Empty<string>(), elsewhere);
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
    public void Page_Faults_AreThoseOfTheSources()
    {
        string[] faults = [.. CSharpFiles.SelectMany(file => Fault().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).Distinct()];

        Assert.IsGreaterThanOrEqualTo(3, faults.Length);
        foreach (string fault in faults)
        {
            Assert.IsTrue(Page.Contains($"`Containers.Telemetry {fault} (", StringComparison.Ordinal), fault);
        }
    }

    private static string[] Headings() => [.. Heading().Matches(Page).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)];

    [GeneratedRegex("CTEL[0-9]{4}")]
    private static partial Regex Code();

    [GeneratedRegex("\"CTEL[0-9]{4}\"")]
    private static partial Regex CodeInQuotes();

    [GeneratedRegex("^### (CTEL[0-9]{4})$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("<Warning Code=\"(CTEL[0-9]{4})\"\\s+Text=\"([^\"]+)\"")]
    private static partial Regex Warning();

    [GeneratedRegex("<_ContainersTelemetryWarnings Condition[^>]+>([^<]+)<")]
    private static partial Regex NeverErrors();

    [GeneratedRegex(@"\\\{[0-9]\}")]
    private static partial Regex Argument();

    [GeneratedRegex("\"(could not [a-z ]+)\"")]
    private static partial Regex Fault();
}
