using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.Package.Tests.Sinks;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Modes;

/// <summary>The MSBuild server keeps a process, with our assemblies in it, from one publish to the next.</summary>
[TestClass]
public sealed class MSBuildServerTests
{
    private const string App = "team/app";

    // Part of the name by which client and server find each other: with a salt of its own, the server is the test's alone.
    private readonly string _salt = Guid.NewGuid().ToString("N");

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task Publishes_in_one_process_do_not_disturb_each_other()
    {
        await using ScenarioStage stage = await ScenarioStage.SetAsync(PackageUnderTest.Authority);
        GeneratedProject project = await PackageUnderTest.Workspace.GenerateAsync(new ProjectShape { Package = PackageStyle.Direct, Feed = await PackageUnderTest.Feed });
        Func<DotnetEnvironment, DotnetEnvironment> environment = user => stage.Environment(user)
            .With("DOTNET_CLI_USE_MSBUILD_SERVER", "1")
            .With("MSBUILDUSESERVER", "1")
            .With("MSBUILDDISABLENODEREUSE", null)
            .With("MSBUILDNODEHANDSHAKESALT", _salt);
        using var owner = new UserFolders();
        PublishRequest request = owner.Of(new PublishRequest
        {
            Properties = [new("ContainerRegistry", stage.Registry.Authority), new("ContainerRepository", App)],
            Environment = environment,
        });

        try
        {
            PublishResult first = await project.PublishAsync(request);
            stage.Registry.Faults.Set(App, new Fault(TransferDirection.Push, FaultEffect.Status(403)));
            PublishResult second = await project.PublishAsync(request);
            PublishResult preview = await project.PublishAsync(request with { Properties = [.. request.Properties, new(PreviewFile.Property, "true")] });

            ScenarioRun.AssertTruth(CoreScenarios.Success, first);
            ScenarioRun.AssertTruth(CoreScenarios.PushRefused, second);
            CollectionAssert.AreEqual(
                new[] { "sdk/container/inference", "sdk/container/publish/success", "sdk/container/inference", "sdk/container/publish/error credential_failure" },
                owner.Events.Select(e => e.Outcome).ToArray());
            Assert.AreEqual("Server", (string?)PreviewFile.Read(preview)[0]["MSBuildNodeMode"]);
            Assert.IsNotEmpty(Processes());
        }
        finally
        {
            await new DotnetCommand("build-server", "shutdown", "--msbuild") { Environment = environment(project.Environment), WorkingDirectory = project.Folder }.RunAsync();
            await EndAsync();
        }
    }

    private async Task EndAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Processes().Count > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
        }
    }

    /// <summary>Numbers of the processes that were started with this test's salt.</summary>
    private List<string> Processes()
    {
        var processes = new List<string>();
        foreach (string folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(folder, "environ")).Contains(_salt, StringComparison.Ordinal))
                {
                    processes.Add(Path.GetFileName(folder));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has ended, or belongs to somebody else.
            }
        }

        return processes;
    }
}
