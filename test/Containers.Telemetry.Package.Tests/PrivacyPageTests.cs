using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.Tool.Consenting;

namespace Containers.Telemetry.Package.Tests;

/// <summary>The consent table of docs/privacy.md equals the rules in code.</summary>
[TestClass]
public sealed class PrivacyPageTests
{
    private const string Begin = "<!-- consent table: generated from ConsentRules -->\n";
    private const string End = "<!-- end of the consent table -->\n";

    [TestMethod]
    public async Task Consent_table_is_up_to_date()
    {
        string page = (await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "privacy.md"))).ReplaceLineEndings("\n");
        int begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = page.IndexOf(End, StringComparison.Ordinal);
        Assert.IsTrue(begin >= Begin.Length && end > begin, "The page has no consent table.");

        string expected = Table();

        Assert.AreEqual(expected, page[begin..end], "Put this between the markers of docs/privacy.md:\n" + expected);
    }

    private static string Table()
    {
        IEnumerable<string> rows = ConsentRules.All.Select(rule =>
            $"| {rule.Step} | {rule.Name} | {Values(rule)} | {(rule.IsOn ? "on" : "off")} |\n");
        return "| Rule | What decides | Its value | Telemetry is |\n| --- | --- | --- | --- |\n" + string.Concat(rows);
    }

    private static string Values(ConsentRule rule) => rule.Source is ConsentSource.Default ? ""
        : rule.Values.Length == 0 ? "anything but empty"
        : string.Join(", ", rule.Values.Select(value => $"`{value}`"));
}
