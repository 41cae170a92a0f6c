using Containers.Telemetry.Output;
using Containers.Telemetry.Tool.Output;
using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Tool.Tests.Output;

[TestClass]
public sealed class HarmlessTerminalTests
{
    private const string Red = "\e[31m";
    private const string End = "\e[0m";

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Any_text_is_one_line_in_its_own_colour(bool usesEscapes) => Prop.ForAll(HostileTexts.Any, text =>
    {
        using var output = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal(TextReader.Null, output, () => output) { UsesEscapes = usesEscapes };

        terminal.WriteLine("[" + terminal.Toned(text, Tone.Bad) + "]");
        terminal.WriteNote(text);
        terminal.WriteError(text);
        terminal.Ask(text);

        string line = HarmlessText.Line(text);
        string error = HarmlessText.Line(text.ReplaceLineEndings(" "));
        string toned = usesEscapes ? Red + line + End : line;
        string[] written = output.ToString().Split('\n');
        CollectionAssert.AreEqual(new[] { $"[{toned}]", line, "error: " + error }, written[..3]);
        Assert.HasCount(5, written);
        Assert.IsFalse(Array.Exists(written[3..], rest => rest.Any(char.IsControl) && !usesEscapes), written[3]);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    /// <summary>Another user's file name, with an escape sequence and a line break.</summary>
    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void A_file_name_cannot_control_the_terminal()
    {
        using var tool = new ToolInProcess();
        string file = Path.Combine(tool.Home, "events\e[2J\nall is well.jsonl");
        File.WriteAllText(file, "no event\n");

        (_, string text) = tool.Run("import", file);

        Assert.DoesNotContain("\e", text);
        Assert.IsFalse(text.Split('\n').Any(static line => line.StartsWith("all is well", StringComparison.Ordinal)), text);
        Assert.Contains("\uFFFD[2J all is well.jsonl", text);
    }
}
