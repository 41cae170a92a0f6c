using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Output;

[TestClass]
public sealed class HarmlessTextTests
{
    private static readonly Config Cases = Config.QuickThrowOnFailure.WithMaxTest(2000);

    [TestMethod]
    [DataRow("plain text", "plain text")]
    [DataRow("caf\u00E9 \U0001F600", "caf\u00E9 \U0001F600")]
    [DataRow("a\nb\tc", "a b c")]
    [DataRow("\e[31mred", "\uFFFD[31mred")]
    [DataRow("evil\u202Egpj.exe", "evil\uFFFDgpj.exe")]
    public void A_text_for_one_line_stays_on_one_line(string text, string expected) => Assert.AreEqual(expected, HarmlessText.Line(text));

    [TestMethod]
    public void Lines_keep_their_ends() => Assert.AreEqual("a\nb \uFFFD\n", HarmlessText.Lines("a\nb\r\e\n"));

    [TestMethod]
    [DataRow("=1+1", "'=1+1")]
    [DataRow("  @SUM(A1)", "  '@SUM(A1)")]
    [DataRow("\t=1", " '=1")]
    [DataRow("a;=1", "a;'=1")]
    [DataRow("linux-x64", "linux-x64")]
    [DataRow("a=b", "a=b")]
    public void A_cell_is_no_formula(string text, string expected) => Assert.AreEqual(expected, HarmlessText.SpreadsheetCell(text));

    [TestMethod]
    [DataRow("unknown_repository", "unknown_repository")]
    [DataRow("_a_ [x](y) `c` | $m$", "\\_a\\_ \\[x\\](y) \\`c\\` \\| \\$m\\$")]
    [DataRow("<b>&lt;", "&lt;b&gt;&amp;lt;")]
    public void Markdown_escapes_special_characters(string text, string expected) => Assert.AreEqual(expected, HarmlessText.Markdown(text));

    [TestMethod]
    public void Any_text_becomes_a_harmless_line_and_a_harmless_one_stays() => Prop.ForAll(HostileTexts.Any, static text =>
    {
        string line = HarmlessText.Line(text);

        Assert.IsFalse(line.EnumerateRunes().Any(IsHarmful), line);
        Assert.AreEqual(line, HarmlessText.Line(line));
        Assert.AreEqual(line, new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Encoding.UTF8.GetBytes(line)));
    }).Check(Cases);

    [TestMethod]
    public void Any_text_in_JSON_is_printable_and_reads_back_the_same() => Prop.ForAll(HostileTexts.Any, static text =>
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, HarmlessText.Json))
        {
            writer.WriteStringValue(text);
        }

        string json = Encoding.UTF8.GetString(buffer.ToArray());
        Assert.IsFalse(json.EnumerateRunes().Any(IsHarmful), json);
        Assert.IsFalse(json.Contains('<', StringComparison.Ordinal), json);
        Assert.AreEqual(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)), JsonDocument.Parse(json).RootElement.GetString());
    }).Check(Cases);

    private static bool IsHarmful(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            || (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format && rune.Value is not (0x200C or 0x200D));
}
