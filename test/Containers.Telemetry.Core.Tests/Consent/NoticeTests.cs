using Containers.Telemetry.Consent;
using Containers.Telemetry.Core.Tests.Surroundings;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Core.Tests.Consent;

[TestClass]
public sealed class NoticeTests
{
    private static readonly string[] Publish = ["/sdk/dotnet.dll", "publish", "-t:PublishContainer"];

    [TestMethod]
    public void Notice_is_shown_once()
    {
        using var folder = new TestFolder();
        var config = new ConfigFolder(folder.Combine("config"));
        Assert.IsFalse(Notice.IsShown(config));

        Assert.IsTrue(Notice.TryClaim(config));
        Assert.IsFalse(Notice.TryClaim(config));
        Assert.IsTrue(Notice.IsShown(config));
    }

    [TestMethod]
    [DataRow("0\n", true, DisplayName = "After an update that collects more")]
    [DataRow("999\n", false, DisplayName = "After a newer version")]
    [DataRow("a crash", true)]
    [DataRow("", true)]
    public void Notice_is_shown_unless_it_was_shown_by_this_or_a_newer_version(string marked, bool isDue)
    {
        using var folder = new TestFolder();
        var config = new ConfigFolder(folder.Path);
        folder.Write("notice", marked);

        Assert.AreEqual(isDue, !Notice.IsShown(config));
        Assert.AreEqual(isDue, Notice.TryClaim(config));
        Assert.IsTrue(Notice.IsShown(config));
    }

    [TestMethod]
    public void Notice_is_not_shown_if_that_cannot_be_stored()
    {
        using var folder = new TestFolder();
        folder.Write("file", "");

        Assert.IsFalse(Notice.TryClaim(new ConfigFolder(folder.Combine("file"))));
    }

    [TestMethod]
    public void Text_names_store_endpoints_dimensions_and_every_opt_out()
    {
        string local = Notice.Text("/home/user/store", []);
        string remote = Notice.Text("/home/user/store", ["logs.example.com", "traces.example.com"]);

        Assert.Contains("Store:    /home/user/store\n", local);
        Assert.Contains("Store:    none\n", Notice.Text(null, []));
        Assert.Contains("Endpoint: none; a project or an OTEL variable may name one\n", local);
        Assert.Contains("Endpoint: logs.example.com, traces.example.com\n", remote);
        Assert.IsTrue(local.Split('\n').All(static line => line.Length <= 80), local);
        foreach (string word in new[]
        {
            "Microsoft unless DOTNET_CLI_TELEMETRY_OPTOUT is 1", "dimensions", "containers-telemetry show", "containers-telemetry disable",
            "CONTAINERS_TELEMETRY_OPTOUT to 1", "ContainersTelemetry to false", ProductPage.Url,
        })
        {
            Assert.Contains(word, local);
        }
    }

    [TestMethod]
    [DataRow("", true)]
    [DataRow("-v:n", true)]
    [DataRow("-v quiet", false)]
    [DataRow("--verbosity q", false)]
    [DataRow("-verbosity:quiet", false)]
    [DataRow("/V:Q", false)]
    [DataRow("-noConsoleLogger", false)]
    [DataRow("-p:v=q", true)]
    [DataRow("/nodemode:1", false)]
    public void Command_line_can_turn_the_notice_off(string arguments, bool listening)
    {
        var machine = new FakeMachine { CommandLine = [.. Publish, .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)] };

        Assert.AreEqual(listening, InteractiveUser.IsListening(machine));
    }

    [TestMethod]
    [DataRow("/sdk/MSBuild.dll", true)]
    [DataRow("/tools/some-build-tool.dll", false)]
    [DataRow("", false)]
    public void Only_programs_that_people_start_show_the_notice(string program, bool listening) =>
        Assert.AreEqual(listening, InteractiveUser.IsListening(new FakeMachine { CommandLine = [program] }));

    [TestMethod]
    [DataRow("CI=true", false)]
    [DataRow("GITHUB_ACTIONS=true", false)]
    [DataRow("DOTNET_NOLOGO=1", false)]
    [DataRow("DOTNET_NOLOGO=True", false)]
    [DataRow("DOTNET_NOLOGO=0", true)]
    [DataRow("", true)]
    public void Variables_show_whether_the_build_is_interactive(string variables, bool listening) =>
        Assert.AreEqual(listening, InteractiveUser.IsListening(FakeMachine.WithVariables(variables)));
}
