using System.Text.RegularExpressions;
using Containers.Telemetry.EventRecorder;
using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests;

/// <summary>A failure inside the package never changes the publish.</summary>
[TestClass]
public sealed partial class FaultInjectionTests
{
    private const string Variable = "CONTAINERS_TELEMETRY_FAULT";
    private const string Sender = "Containers.Telemetry";
    private const string Preview = $"-p:{PreviewFile.Property}=true";

    // The package logs nothing at these points: a message for each error of a task would be a nuisance, and no logger receives one at the end of a
    // build.
    private static readonly string[] SilentPoints = ["bracket-end", "engine", "request"];

    private static readonly ProjectShape SeveralImages = new() { RuntimeIdentifiers = ["linux-x64", "linux-arm64"] };

    private static readonly Scenario Several = CoreScenarios.Success with { Name = "several images", Shape = SeveralImages, Arguments = ["-m:1"] };
    private static readonly Scenario SeveralRefused =
        CoreScenarios.PushRefused with { Name = "several images, refused", Shape = SeveralImages, Arguments = ["-m:1"] };
    private static readonly Scenario SeveralShown = Several with { Name = "several images with a preview", Arguments = ["-m:1", Preview] };
    private static readonly Scenario RefusedShown = CoreScenarios.PushRefused with { Name = "a refused push with a preview", Arguments = [Preview] };
    private static readonly Scenario SeveralWithoutIndex = Several with
    {
        Name = "several images without an index",
        Arrange = stage => stage.UsePrograms((ContainerCli.Podman, ContainerCliBehavior.Healthy)),
        Registry = null,
        Properties = [("LocalRegistry", "Podman")],
    };

    private static readonly Scenario Bracketed = BracketTests.Bracketed(CoreScenarios.Success) with { Name = "a bracketed success" };
    private static readonly Scenario BracketedRefused = BracketTests.Bracketed(CoreScenarios.PushRefused) with { Name = "a bracketed refused push" };

    private static readonly Scenario Assumed = CoreScenarios.Success with
    {
        Name = "a success of a user who has said nothing",
        Shape = new ProjectShape
        {
            Content = """
                  <Target Name="AssumeConsent" BeforeTargets="ContainersTelemetryInitialize">
                    <PropertyGroup><_ContainersTelemetryConsentIsAssumed>true</_ContainersTelemetryConsentIsAssumed></PropertyGroup>
                  </Target>
                """,
        },
    };

    private static readonly Scenario Logging = CoreScenarios.Success with
    {
        Name = "a success that another package logs",
        Shape = new ProjectShape
        {
            Content = """
                  <Target Name="LogOfAnotherPackage" AfterTargets="PublishContainer" DependsOnTargets="ContainersTelemetryInitialize" Condition="'$(ContainersTelemetryEnabled)' == 'true'">
                    <LogContainerTelemetry />
                  </Target>
                """,
        },
    };

    /// <summary>The points where the package can be made to fail, each with publishes that reach it.</summary>
    private static readonly Dictionary<string, Scenario[]> Points = new(StringComparer.Ordinal)
    {
        ["begin"] = [CoreScenarios.Success, CoreScenarios.PushRefused, Several],
        ["bracket"] = [Bracketed, BracketedRefused],
        ["bracket-end"] = [BracketedRefused],
        ["claim"] = [SeveralRefused],
        ["complete"] = [Bracketed, SeveralWithoutIndex],
        ["details"] = [RefusedShown, SeveralShown],
        ["inference"] = [Bracketed],
        ["export"] = [CoreScenarios.Success, CoreScenarios.PushRefused],
        ["engine"] = [CoreScenarios.Success, CoreScenarios.PushRefused],
        ["notice"] = [Assumed],
        ["outcome"] = [CoreScenarios.Success, CoreScenarios.PushRefused, SeveralRefused],
        ["preview-file"] = [RefusedShown, SeveralShown],
        ["publish"] = [CoreScenarios.Success, CoreScenarios.PushRefused, SeveralRefused],
        ["report"] = [CoreScenarios.Success, CoreScenarios.PushRefused, SeveralWithoutIndex],
        ["request"] = [CoreScenarios.PushRefused],
        ["settings"] = [CoreScenarios.Success, CoreScenarios.PushRefused, SeveralRefused],
        ["shared"] = [SeveralRefused, SeveralWithoutIndex],
        ["store"] = [CoreScenarios.Success, CoreScenarios.PushRefused, Several],
        ["usage"] = [Logging],
    };

    private static readonly Dictionary<string, Scenario> Publishes =
        Points.Values.SelectMany(publishes => publishes).DistinctBy(publish => publish.Name).ToDictionary(publish => publish.Name, StringComparer.Ordinal);

    public static IEnumerable<object[]> Rows =>
        from point in Points
        from publish in point.Value
        select new object[] { point.Key, publish.Name };

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public async Task Fault_in_the_package_does_not_change_the_publish(string point, string publish)
    {
        Scenario scenario = Publishes[publish];

        PublishResult with = await ScenarioRun.PublishWarmAsync(
            scenario,
            await PackageUnderTest.FaultyFeed,
            request => request with { Environment = user => request.Environment(user).With(Variable, point) });

        Assert.AreEqual(scenario.Succeeds, with.ExitCode == 0, with.StandardOutput);
        Assert.AreEqual(!SilentPoints.Contains(point), with.Messages.Any(IsNoteOfFault), "The point was not reached, or the fault was not logged as expected.");
        ScenarioRun.AssertSamePublish(await ScenarioRun.PublishWithoutPackageAsync(scenario), with, IsOurs);
    }

    /// <summary>Each point needs a publish above that reaches it.</summary>
    [TestMethod]
    public void Points_are_those_of_the_source()
    {
        string[] named =
        [
            .. Directory.EnumerateFiles(Path.GetDirectoryName(Repository.PackageProject)!, "*.cs", SearchOption.AllDirectories)
                .SelectMany(file => Point().Matches(File.ReadAllText(file)))
                .Select(match => match.Groups["name"].Value)
                .Distinct(),
        ];

        CollectionAssert.AreEquivalent(named, Points.Keys);
    }

    /// <summary>A released package has no fault injection.</summary>
    [TestMethod]
    public async Task Package_of_a_release_cannot_be_broken_by_the_variable()
    {
        PublishResult result = await ScenarioRun.PublishWarmAsync(
            CoreScenarios.Success,
            await PackageUnderTest.Feed,
            request => request with { Environment = user => request.Environment(user).With(Variable, "outcome") });

        ScenarioRun.AssertTruth(CoreScenarios.Success, result);
    }

    private static bool IsNoteOfFault(RecordedEvent e) => IsOurs(e) && e is { Importance: "Low" } && e.Text!.Contains("not affected", StringComparison.Ordinal);

    private static bool IsOurs(RecordedEvent e) => e is { Kind: RecordedKind.Message, Sender: Sender };

    [GeneratedRegex(@"FaultInjection\.Point\(""(?<name>[^""]+)""\)")]
    private static partial Regex Point();
}
