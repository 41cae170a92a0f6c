using System.Globalization;
using System.Text;
using Containers.Telemetry.EventRecorder;
using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests;

/// <summary>Who decides whether anything is collected, and that a no is a no.</summary>
[TestClass]
public sealed class ConsentTests
{
    private const string Property = "ContainersTelemetry";
    private const string OptOut = "CONTAINERS_TELEMETRY_OPTOUT";
    private const string CliOptOut = "DOTNET_CLI_TELEMETRY_OPTOUT";
    private const string DoNotTrack = "DO_NOT_TRACK";

    private static readonly string[] OwnAssemblies = ["Containers.Telemetry.dll", "Containers.Telemetry.Core.dll"];

    private static readonly string[] ObservedTasks = ["ComputeDotnetBaseImageAndTag", "CreateImageIndex", "CreateNewImage", "ParseContainerProperties"];

    private static readonly Dictionary<string, Scenario> UnknownSdks = new[]
    {
        CoreScenarios.Success with { Name = "a newer SDK", Arguments = ["-p:NETCoreSdkVersion=11.0.100"] },
        CoreScenarios.Success with { Name = "a preview of an SDK", Arguments = ["-p:NETCoreSdkVersion=10.0.400-preview.1"] },
        CoreScenarios.Success with { Name = "an SDK of another content", Arguments = ["-p:_ContainersTelemetryKnownTargets=none"] },
        CoreScenarios.PushRefused with { Name = "an SDK of another content, refused", Arguments = ["-p:_ContainersTelemetryKnownTargets=none"] },
        CoreScenarios.Success with { Name = "container tasks of the user's own", Arguments = [$"-p:ContainerCustomTasksAssembly={SdkTaskAssembly()}"] },
        CoreScenarios.Success with { Name = "a package without its assemblies", Arguments = ["-p:_ContainersTelemetryTaskAssembly=gone.dll"] },
    }.ToDictionary(scenario => scenario.Name, StringComparer.Ordinal);

    public static IEnumerable<object[]> UnknownSdkNames => UnknownSdks.Keys.Select(name => new object[] { name });

    /// <summary>All combinations at once: to the package's targets a variable is a property, so that one process can try each.</summary>
    [TestMethod]
    public async Task First_rule_that_hits_decides()
    {
        string?[] properties = [null, "true", "false", "TRUE", "False", "perhaps"];
        string?[] optOuts = [null, "1", "true", "yes", "YES", "0", "false", "no", "No", "perhaps"];
        string?[] others = [null, "1", "true", "Yes", "0"];
        (string? Property, string? OptOut, string? CliOptOut, string? DoNotTrack)[] rows =
        [
            .. from property in properties from optOut in optOuts from cliOptOut in others from doNotTrack in others select (property, optOut, cliOptOut, doNotTrack),
        ];

        string[] decisions = await EvaluateAsync(rows.Select(row =>
            new[] { (Property, row.Property), (OptOut, row.OptOut), (CliOptOut, row.CliOptOut), (DoNotTrack, row.DoNotTrack) }));

        Assert.HasCount(rows.Length, decisions);
        string[] wrong =
        [
            .. rows.Zip(decisions)
                .Where(pair => pair.Second != (Decide(pair.First.Property, pair.First.OptOut, pair.First.CliOptOut, pair.First.DoNotTrack) ? "on" : "off"))
                .Select(pair => $"{pair.First}: {pair.Second}"),
        ];
        Assert.IsEmpty(wrong, string.Join('\n', wrong));
    }

    [TestMethod]
    [DataRow(Property, "false")]
    [DataRow(OptOut, "1")]
    [DataRow(CliOptOut, "1")]
    [DataRow(DoNotTrack, "1")]
    public async Task Off_loads_nothing_and_leaves_the_publish_to_the_SDK(string name, string value)
    {
        Func<PublishRequest, PublishRequest> optOut = request => name == Property
            ? request with { Properties = [.. request.Properties, new(name, value)] }
            : request with { Environment = user => request.Environment(user.WithTelemetryUndecided()).With(name, value) };

        PublishResult off = await ScenarioRun.PublishAsync(CoreScenarios.PushRefused, await PackageUnderTest.Feed, optOut);
        PublishResult without = await ScenarioRun.PublishWithoutPackageAsync(CoreScenarios.PushRefused, optOut);

        AssertSdkAlone(off);
        CollectionAssert.AreEqual(without.ContainerEvents.Select(ScenarioRun.Describe).ToArray(), off.ContainerEvents.Select(ScenarioRun.Describe).ToArray());
        ScenarioRun.AssertSamePublish(without, off);
    }

    [TestMethod]
    public async Task Nothing_said_is_on()
    {
        PublishResult result = await ScenarioRun.PublishAsync(
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
        Assert.HasCount(1, result.Events.Where(e => e.Kind == EventKind.AssemblyLoaded && e.Name!.StartsWith("Microsoft.NET.Build.Containers,", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DynamicData(nameof(UnknownSdkNames))]
    public async Task What_is_not_known_is_left_alone(string name)
    {
        Scenario scenario = UnknownSdks[name];

        PublishResult with = await ScenarioRun.PublishAsync(scenario, await PackageUnderTest.Feed);
        PublishResult without = await ScenarioRun.PublishWithoutPackageAsync(scenario);

        Assert.AreEqual(scenario.Succeeds, with.ExitCode == 0, with.StandardOutput);
        AssertSdkAlone(with);
        CollectionAssert.AreEqual(without.ContainerEvents.Select(ScenarioRun.Describe).ToArray(), with.ContainerEvents.Select(ScenarioRun.Describe).ToArray());
        ScenarioRun.AssertSamePublish(without, with);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("-warnaserror")]
    [DataRow("-p:TreatWarningsAsErrors=true")]
    [DataRow("-p:MSBuildTreatWarningsAsErrors=true")]
    public async Task Value_without_a_meaning_is_a_warning_and_the_default_applies(string strictness)
    {
        PublishResult result = await ScenarioRun.PublishAsync(CoreScenarios.Success, await PackageUnderTest.Feed, request => request with
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
        Assert.HasCount(3, runs, "Not all container tasks have run.");
        return runs;
    }

    private static string SdkTaskAssembly() =>
        Directory.EnumerateDirectories(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(new FileInfo(DotnetHost.Path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? DotnetHost.Path))!, "sdk"))
            .SelectMany(sdk => Directory.EnumerateFiles(sdk, "Microsoft.NET.Build.Containers.dll", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .Last();

    /// <summary>The rules as the documentation has them.</summary>
    private static bool Decide(string? property, string? optOut, string? cliOptOut, string? doNotTrack) =>
        Truth(property, ["true"], ["false"])
        ?? Truth(optOut, ["0", "false", "no"], ["1", "true", "yes"])
        ?? Truth(cliOptOut, [], ["1", "true", "yes"])
        ?? Truth(doNotTrack, [], ["1", "true", "yes"])
        ?? true;

    private static bool? Truth(string? value, string[] on, string[] off) =>
        on.Contains(value, StringComparer.OrdinalIgnoreCase) ? true : off.Contains(value, StringComparer.OrdinalIgnoreCase) ? false : null;

    private static async Task<string[]> EvaluateAsync(IEnumerable<(string Name, string? Value)[]> rows)
    {
        using var folder = new TemporaryFolder();
        string asked = folder.Combine("asked.proj");
        string targets = Path.Combine(Repository.Root, "build", "Containers.Telemetry.targets");
        await File.WriteAllTextAsync(
            asked,
            $"""<Project><Import Project="{targets}" /><Target Name="Tell" Returns="$(_ContainersTelemetryConsent)" /></Project>""");

        var batch = new StringBuilder();
        foreach ((string Name, string? Value)[] row in rows)
        {
            string properties = string.Join(';', row.Where(setting => setting.Value is not null).Select(setting => $"{setting.Name}={setting.Value}"));
            batch.Append(CultureInfo.InvariantCulture, $"""<MSBuild Projects="{asked}" Targets="Tell" Properties="{properties}"><Output TaskParameter="TargetOutputs" ItemName="Decision" /></MSBuild>""");
        }

        string asking = folder.Combine("asking.proj");
        string decisions = folder.Combine("decisions");
        await File.WriteAllTextAsync(
            asking,
            $"""<Project><Target Name="Ask">{batch}<WriteLinesToFile File="{decisions}" Lines="@(Decision)" /></Target></Project>""");
        var command = new DotnetCommand("msbuild", asking, "-m:1")
        {
            Environment = DotnetEnvironment.ForUser(folder.Combine("home"), folder.Combine("packages")).WithTelemetryUndecided(),
            WorkingDirectory = folder.Path,
        };
        (await command.RunAsync()).EnsureSuccess();
        return await File.ReadAllLinesAsync(decisions);
    }
}
