using Containers.Telemetry.EventRecorder;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Harness;

[TestClass]
public sealed class DotnetCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; init; }

    private DotnetEnvironment Machine => DotnetEnvironment.ForUser(_folder.Combine("home"), _folder.Combine("packages"));

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("GITHUB_ACTIONS")]
    [DataRow("CLAUDECODE")]
    [DataRow("MSBUILD_NOT_OURS")]
    [DataRow("DO_NOT_TRACK")]
    public async Task A_variable_of_the_tests_own_environment_does_not_reach_the_child(string name)
    {
        string before = Environment.GetEnvironmentVariable(name) ?? "";
        Environment.SetEnvironmentVariable(name, "true");
        try
        {
            var events = await BuildAsync($"""<Message Text="[$({name})][$(DOTNET_CLI_TELEMETRY_OPTOUT)]" />""");

            Assert.Contains("[][1]", events.Select(e => e.Text));
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, before);
        }
    }

    [TestMethod]
    public async Task Telemetry_raised_in_a_build_is_recorded_with_its_properties()
    {
        var events = await BuildAsync("""<Telemetry EventName="x" EventData="a=b;c=&quot;d&quot;" />""");

        var telemetry = events.Single(e => e is { Kind: RecordedKind.Telemetry, Name: "x" });
        Assert.AreEqual("b", telemetry.Properties!["a"]);
        Assert.AreEqual("\"d\"", telemetry.Properties["c"]);
        Assert.IsTrue(events.Single(e => e.Kind == RecordedKind.BuildFinished).Succeeded);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task Ctrl_C_ends_a_build_and_leaves_its_record()
    {
        string started = _folder.Combine("started");

        var events = await BuildAsync(
            $"""
            <Telemetry EventName="before" EventData="a=b" />
            <Touch Files="{started}" AlwaysCreate="true" />
            <Exec Command="sleep infinity" />
            """,
            interrupt: FileExistsAsync(started));

        Assert.IsTrue(events.Any(e => e is { Kind: RecordedKind.Telemetry, Name: "before" }));
        Assert.IsFalse(events.Any(e => e is { Kind: RecordedKind.BuildFinished, Succeeded: true }));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task A_command_over_its_time_limit_is_killed_and_its_output_is_in_the_message()
    {
        string sleeping = _folder.Combine("sleeping");
        var clock = new HeldClock();
        var command = new DotnetCommand("-c", $"echo asleep; : > '{sleeping}'; sleep infinity")
        {
            Program = "/bin/sh",
            Environment = Machine,
            Clock = clock,
            WorkingDirectory = _folder.Path,
        };

        Task<CommandResult> result = command.RunAsync(TestContext.CancellationToken);
        await FileExistsAsync(sleeping);
        clock.Elapse();

        var e = await Assert.ThrowsExactlyAsync<TimeoutException>(() => result);
        Assert.Contains("asleep\n", e.Message);
    }

    [TestMethod]
    [DataRow(null, null)]
    [DataRow("http://proxy.example:8080", null)]
    [DataRow("http://127.0.0.1:9", "*")]
    [DataRow("http://127.0.0.1:9", "localhost,telemetry.example")]
    public async Task A_command_that_could_send_the_CLI_telemetry_away_is_not_started(string? proxy, string? noProxy)
    {
        var command = new DotnetCommand("--version")
        {
            Environment = Machine.WithTelemetryUndecided().With("HTTPS_PROXY", proxy).With("NO_PROXY", noProxy),
            WorkingDirectory = _folder.Path,
        };

        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => command.RunAsync(TestContext.CancellationToken));
    }

    private static async Task FileExistsAsync(string path)
    {
        while (!File.Exists(path))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    private string Write(string tasks)
    {
        string project = _folder.Combine("build.proj");
        File.WriteAllText(project, $"""<Project><Target Name="Build">{tasks}</Target></Project>""");
        return project;
    }

    private async Task<IReadOnlyList<RecordedEvent>> BuildAsync(string tasks, Task? interrupt = null)
    {
        string record = _folder.Combine("record");
        var command = new DotnetCommand("msbuild", Write(tasks), EventRecording.LoggerArgument(record))
        {
            Environment = Machine,
            Interrupt = interrupt,
            WorkingDirectory = _folder.Path,
        };
        await command.RunAsync(TestContext.CancellationToken);
        return RecordedEvent.Read(record);
    }

    /// <summary>A clock whose latest timer fires only when a test says so.</summary>
    private sealed class HeldClock : TimeProvider
    {
        private ITimer? _timer;

        public void Elapse() => _timer!.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            _timer = System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
