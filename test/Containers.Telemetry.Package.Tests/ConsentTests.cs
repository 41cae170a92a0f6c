using Containers.Telemetry.EventRecorder;
using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.Package.Tests.Sinks;
using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.Tool.Consenting;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Package.Tests;

/// <summary>The rules of consent in real publishes. After a no, nothing is collected.</summary>
[TestClass]
public sealed class ConsentTests
{
    private const string Property = "ContainersTelemetry";
    private const string ConsentProperty = "ContainersTelemetryConsent";
    private const string OptOut = "CONTAINERS_TELEMETRY_OPTOUT";
    private const string CliOptOut = "DOTNET_CLI_TELEMETRY_OPTOUT";
    private const string DoNotTrack = "DO_NOT_TRACK";

    private static readonly string[] OwnAssemblies = ["Containers.Telemetry.dll", "Containers.Telemetry.Core.dll"];

    private static readonly string[] ObservedTasks = ["ComputeDotnetBaseImageAndTag", "CreateImageIndex", "CreateNewImage", "ParseContainerProperties"];

    [TestMethod]
    [DataRow(Property, "false")]
    [DataRow(OptOut, "1")]
    [DataRow(CliOptOut, "1")]
    [DataRow(DoNotTrack, "1")]
    [DataRow(ConsentProperty, "Required")]
    public async Task Off_loads_nothing_and_leaves_the_publish_to_the_SDK(string name, string value)
    {
        Func<PublishRequest, PublishRequest> optOut = request => name is Property or ConsentProperty
            ? request with { Properties = [.. request.Properties, new(name, value)], Environment = user => request.Environment(user.WithTelemetryUndecided()) }
            : request with { Environment = user => request.Environment(user.WithTelemetryUndecided()).With(name, value) };

        PublishResult off = await ScenarioRun.PublishWarmAsync(LoadingNothing(CoreScenarios.PushRefused), await PackageUnderTest.Feed, optOut);
        PublishResult without = await ScenarioRun.PublishWithoutPackageAsync(CoreScenarios.PushRefused);

        AssertSdkAlone(off);
        CollectionAssert.AreEqual(without.ContainerEvents.Select(ScenarioRun.Describe).ToArray(), off.ContainerEvents.Select(ScenarioRun.Describe).ToArray());
        ScenarioRun.AssertSamePublish(without, off);
    }

    /// <summary>MSBuild reads Directory.Build.targets after the package.</summary>
    [TestMethod]
    [DataRow(Property, "false", false)]
    [DataRow(Property, " OFF ", false)]
    [DataRow(ConsentProperty, "Required", false)]
    [DataRow(Property, "false", true)]
    public async Task No_that_is_said_after_the_package_is_read_keeps_and_changes_nothing(string name, string value, bool isBracketed)
    {
        Scenario scenario = CoreScenarios.PushRefused with
        {
            Shape = new ProjectShape
            {
                RuntimeIdentifiers = ["linux-x64", "linux-arm64"],
                Properties = [new("CustomAfterDirectoryBuildTargets", "$(MSBuildProjectDirectory)/../late.targets")],
                Files = [new("late.targets", $"<Project><PropertyGroup><{name}>{value}</{name}></PropertyGroup></Project>")],
            },
            Arguments = ["-m:1", .. isBracketed ? ["-p:ContainersTelemetryObservation=Bracketed"] : (string[])[]],
        };
        using var user = new UserFolders();

        PublishResult off = await ScenarioRun.PublishWarmAsync(
            scenario,
            await PackageUnderTest.Feed,
            request => user.Of(request with { Environment = environment => request.Environment(environment.WithTelemetryUndecided()) }));

        PublishResult without = await ScenarioRun.PublishWithoutPackageAsync(scenario);
        CollectionAssert.AreEqual(without.ContainerEvents.Select(ScenarioRun.Describe).ToArray(), off.ContainerEvents.Select(ScenarioRun.Describe).ToArray());
        ScenarioRun.AssertSamePublish(without, off);
        Assert.IsEmpty(UserFolders.Files(user.Data));
    }

    [TestMethod]
    public async Task Stored_no_loads_nothing_and_leaves_the_publish_to_the_SDK()
    {
        using var config = new TemporaryFolder();
        Assert.IsTrue(StoredConsent.Write(new ConfigFolder(config.Combine("containers-telemetry")), ConsentChoice.Disabled));

        PublishResult result = await ScenarioRun.PublishWarmAsync(
            LoadingNothing(CoreScenarios.Success),
            await PackageUnderTest.Feed,
            request => request with { Environment = user => ConfigurationOf(config.Path, request.Environment(user.WithTelemetryUndecided())) });

        AssertSdkAlone(result);
    }

    [TestMethod]
    public async Task Stored_yes_satisfies_required_consent()
    {
        using var config = new TemporaryFolder();
        Assert.IsTrue(StoredConsent.Write(new ConfigFolder(config.Combine("containers-telemetry")), ConsentChoice.Enabled));

        PublishResult result = await ScenarioRun.PublishWarmAsync(CoreScenarios.Success, await PackageUnderTest.Feed, request => request with
        {
            Properties = [.. request.Properties, new(ConsentProperty, "Required")],
            Environment = user => ConfigurationOf(config.Path, request.Environment(user.WithTelemetryUndecided())),
        });

        ScenarioRun.AssertTruth(CoreScenarios.Success, result);
    }

    [TestMethod]
    public async Task Unknown_value_of_required_consent_is_a_warning_and_off()
    {
        PublishResult result = await ScenarioRun.PublishWarmAsync(LoadingNothing(CoreScenarios.Success), await PackageUnderTest.Feed, request => request with
        {
            Properties = [.. request.Properties, new(ConsentProperty, "Requird")],
            Arguments = [.. request.Arguments, "-warnaserror"],
            Environment = user => request.Environment(user.WithTelemetryUndecided()),
        });

        Assert.AreEqual(0, result.ExitCode, result.StandardOutput);
        AssertWarning(result, "CTEL0004", ConsentProperty, "Required");
        AssertSdkAlone(result);
    }

    [TestMethod]
    public async Task Default_is_on()
    {
        PublishResult result = await ScenarioRun.PublishWarmAsync(
            CoreScenarios.PushRefused,
            await PackageUnderTest.Feed,
            request => request with { Environment = user => request.Environment(user.WithTelemetryUndecided()) });

        ScenarioRun.AssertTruth(CoreScenarios.PushRefused, result);
    }

    [TestMethod]
    public async Task On_runs_the_tasks_of_the_SDK_from_one_load_of_their_assembly()
    {
        PublishResult result = await ScenarioRun.PublishAsync(CoreScenarios.Success, await PackageUnderTest.Feed);

        Assert.IsTrue(Runs(result).All(task => Path.GetFileName(task.Assembly) == OwnAssemblies[0]));
        Assert.HasCount(
            1,
            result.Events.Where(e => e.Kind == RecordedKind.AssemblyLoaded && e.Name!.StartsWith("Microsoft.NET.Build.Containers,", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Package_without_its_assemblies_leaves_the_publish_to_the_SDK()
    {
        Scenario scenario = LoadingNothing(CoreScenarios.PushRefused) with
        {
            Shape = new ProjectShape { Content = "<PropertyGroup><_ContainersTelemetryTaskFolder>gone/</_ContainersTelemetryTaskFolder></PropertyGroup>" },
        };

        PublishResult with = await ScenarioRun.PublishWarmAsync(scenario, await PackageUnderTest.Feed);
        PublishResult without = await ScenarioRun.PublishWithoutPackageAsync(scenario);

        AssertSdkAlone(with);
        ScenarioRun.AssertSamePublish(without, with);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("-warnaserror")]
    [DataRow("-p:TreatWarningsAsErrors=true")]
    [DataRow("-p:MSBuildTreatWarningsAsErrors=true")]
    public async Task Invalid_value_is_a_warning_and_the_default_applies(string strictness)
    {
        PublishResult result = await ScenarioRun.PublishWarmAsync(CoreScenarios.Success, await PackageUnderTest.Feed, request => request with
        {
            Properties = [.. request.Properties, new(Property, "perhaps"), new(PreviewFile.Property, "perhaps")],
            Arguments = [.. request.Arguments, .. strictness.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            Environment = user => request.Environment(user.WithTelemetryUndecided()).With(OptOut, "perhaps"),
        });

        ScenarioRun.AssertTruth(CoreScenarios.Success, result);
        Assert.IsEmpty(result.Errors);
        AssertWarning(result, "CTEL0001", "ContainersTelemetry", "true", "false");
        AssertWarning(result, "CTEL0002", "ContainersTelemetryPreview", "true", "false");
        AssertWarning(result, "CTEL0003", OptOut, "1, true or yes", "0, false or no");
        Assert.IsEmpty(PreviewFile.Read(result));
    }

    /// <summary>Writes a user's configuration into a folder, for Linux and Windows.</summary>
    private static DotnetEnvironment ConfigurationOf(string folder, DotnetEnvironment user) => user.With("XDG_CONFIG_HOME", folder).With("APPDATA", folder);

    private static Scenario LoadingNothing(Scenario scenario) => scenario with { Servers = CoreScenarios.ServersWithoutPackage };

    private static void AssertWarning(PublishResult result, string code, params string[] words)
    {
        RecordedEvent[] warnings = [.. result.Warnings.Where(warning => warning.Code == code)];
        Assert.HasCount(1, warnings, $"{code}: {string.Join('\n', warnings.Select(warning => warning.Text))}");
        foreach (string word in words)
        {
            Assert.Contains(word, warnings[0].Text!);
        }
    }

    private static void AssertSdkAlone(PublishResult result)
    {
        Assert.IsEmpty(result.Assemblies.Where(path => OwnAssemblies.Contains(Path.GetFileName(path), StringComparer.OrdinalIgnoreCase)));
        Assert.IsTrue(Runs(result).All(task => Path.GetFileName(task.Assembly) == "Microsoft.NET.Build.Containers.dll"));
    }

    private static RecordedEvent[] Runs(PublishResult result)
    {
        RecordedEvent[] runs = [.. result.Tasks.Where(task => ObservedTasks.Contains(task.Name))];
        Assert.HasCount(3, runs, "Some container tasks did not run.");
        return runs;
    }
}
