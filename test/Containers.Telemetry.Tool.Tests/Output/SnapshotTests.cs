namespace Containers.Telemetry.Tool.Tests.Output;

/// <summary>The output of commands in different terminals.</summary>
[TestClass]
public sealed class SnapshotTests
{
    [TestMethod]
    [DataRow(120, "status-empty")]
    [DataRow(40, "status-empty-narrow")]
    public void Status_of_an_empty_store(int width, string snapshot)
    {
        using var tool = new ToolInProcess { Width = width };

        Snapshot.Matches(snapshot, tool.Run("status").Text);
    }

    [TestMethod]
    public void Status_of_one_event_in_colour()
    {
        using var tool = new ToolInProcess { UsesEscapes = true, UtcOffset = TimeSpan.FromHours(-5) };
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now.AddMinutes(-3)));
        tool.Variables["DO_NOT_TRACK"] = "1";
        tool.Variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = "https://user:secret@collector.example:4318/?token=secret";

        Snapshot.Matches("status-colour", tool.Run("status").Text);
    }

    [TestMethod]
    [DataRow(120, 0, "show")]
    [DataRow(80, 330, "show-80-columns-india")]
    [DataRow(40, -480, "show-40-columns-california")]
    public void Show_of_every_kind_of_event(int width, int offsetMinutes, string snapshot)
    {
        using var tool = new ToolInProcess { Width = width, UtcOffset = TimeSpan.FromMinutes(offsetMinutes) };
        SampleEvents.Store(
            tool.StorePath,
            SampleEvents.Inference(SampleEvents.Now.AddDays(-1)),
            SampleEvents.Success(SampleEvents.Now.AddDays(-1).AddSeconds(4)),
            SampleEvents.Error(SampleEvents.Now.AddMinutes(-2), 2),
            SampleEvents.Canceled(SampleEvents.Now.AddMinutes(-1), 3),
            SampleEvents.Usage(SampleEvents.Now.AddSeconds(-30), 5),
            SampleEvents.Success(SampleEvents.Now.AddYears(1), 4));

        Snapshot.Matches(snapshot, tool.Run("show", "--events").Text);
    }

    [TestMethod]
    public void Show_as_JSON_is_in_UTC_wherever_it_runs()
    {
        using var tool = new ToolInProcess { Width = 40, UtcOffset = TimeSpan.FromHours(9), UsesEscapes = true };
        SampleEvents.Store(tool.StorePath, SampleEvents.Inference(SampleEvents.Now), SampleEvents.Error(SampleEvents.Now, 2));

        Snapshot.Matches("show-json", tool.Run("show", "--events", "--json").Text);
    }

    [TestMethod]
    public void Show_of_an_empty_store()
    {
        using var tool = new ToolInProcess();

        Snapshot.Matches("show-empty", tool.Run("show", "--events").Text);
    }

    [TestMethod]
    [DataRow(120, "help")]
    [DataRow(40, "help-narrow")]
    public void Help(int width, string snapshot)
    {
        using var tool = new ToolInProcess { Width = width };

        Snapshot.Matches(snapshot, tool.Run("--help").Text);
    }

    [TestMethod]
    public void Help_of_a_command()
    {
        using var tool = new ToolInProcess();

        Snapshot.Matches("help-show", tool.Run("show", "--help").Text);
    }

    [TestMethod]
    public void Consent_dialog()
    {
        using var tool = new ToolInProcess { Answers = "perhaps\ny\n", Width = 100 };

        // The length of a temporary folder's path would decide where the line breaks.
        tool.Variables["CONTAINERS_TELEMETRY_STORE"] = "/store";

        Snapshot.Matches("consent", tool.Run("consent").Text);
    }
}
