using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;
using Containers.Telemetry.Tool.Show;

namespace Containers.Telemetry.Tool.Tests.Show;

/// <summary>A table of publishes that grows while the command follows the store.</summary>
[TestClass]
public sealed class PublishTableTests
{
    [TestMethod]
    public void A_failure_after_successes_says_why()
    {
        using var output = new StringWriter();
        var table = new PublishTable(
            new Terminal(TextReader.Null, output, static () => TextWriter.Null) { Width = 120 },
            new FixedTime(SampleEvents.Now, TimeSpan.Zero),
            ProjectNames.Of(null));
        table.Write([Line("success", "")]);
        table.WriteNext(Line("success", ""));
        Assert.DoesNotContain("Error", output.ToString());

        table.WriteNext(Line("error", "credential_failure on push"));
        table.WriteNext(Line("success", ""));

        string[] lines = output.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        Assert.HasCount(6, lines);
        Assert.StartsWith("Age  Outcome  Error", lines[3]);
        Assert.Contains("credential_failure on push", lines[4]);
        Assert.AreEqual(lines[3].IndexOf("Id", StringComparison.Ordinal), lines[5].IndexOf("00000001", StringComparison.Ordinal));
    }

    [TestMethod]
    public void A_terminal_that_is_too_narrow_for_errors_has_them_below()
    {
        using var output = new StringWriter();
        var table = new PublishTable(
            new Terminal(TextReader.Null, output, static () => TextWriter.Null) { Width = 40 }, new FixedTime(SampleEvents.Now, TimeSpan.Zero), ProjectNames.Of(null));

        table.Write([Line("error", "credential_failure on push"), Line("success", "")]);

        Assert.AreEqual(
            """
            Age  Outcome  Id
            1m   error    00000001
              credential_failure on push
            1m   success  00000001

            """.ReplaceLineEndings("\n"),
            output.ToString().ReplaceLineEndings("\n"));
    }

    private static PublishLine Line(string outcome, string error) => new()
    {
        Id = Guid.Parse("019ab2c4-5d6e-7f80-9a1b-000100000001"),
        Time = SampleEvents.Now.AddMinutes(-1),
        Outcome = outcome,
        Error = error,
        Route = "MCR -> Azure",
        Duration = 812,
        Project = null,
        Ci = "",
        Dimensions = [],
    };
}
