using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Modes;

/// <summary>The events do not depend on how a publish was started or how the project got the package.</summary>
[TestClass]
public sealed class ModeTests
{
    // The targets that "dotnet publish -t:PublishContainer" runs.
    private const string PublishAndContainer = "Publish;PublishContainer";

    private static readonly Scenario[] Scenarios = [CoreScenarios.Success, CoreScenarios.PushRefused];

    private static readonly Dictionary<string, Mode> Modes = new(StringComparer.Ordinal)
    {
        ["dotnet build"] = new(request => request with { Verb = PublishVerb.Build, Target = PublishAndContainer }) { IsCommand = true },
        ["dotnet msbuild"] = new(request => request with { Verb = PublishVerb.MSBuild, Target = PublishAndContainer }) { IsCommand = true },
        ["the profile DefaultContainer"] = new(
            request => request with { Target = null, Properties = [.. request.Properties, new("PublishProfile", "DefaultContainer")] },
            new ProjectShape { Kind = ProjectKind.Web },
            [("BaseImage", "mcr.microsoft.com/dotnet/aspnet"), ("ProjectType", "AspNetCore")]),
        ["with a build"] = new(request => request with { NoBuild = false }),
        ["-bl"] = new(request => request with { Arguments = ["-bl"] }) { IsCommand = true },
        ["-tl:on"] = new(request => request with { Arguments = ["-tl:on"] }) { IsCommand = true },
        ["a package that a library brings"] = new(Shape: new ProjectShape { Package = PackageStyle.Transitive }),
        ["a package of the whole repository"] = new(Shape: new ProjectShape { Package = PackageStyle.Global }),
        ["one of two target frameworks"] = new(
            request => request with { Arguments = ["-f", "net10.0"] },
            new ProjectShape { TargetFrameworks = MultiTargetingTests.TargetFrameworks }),
    };

    public static IEnumerable<object[]> Rows =>
        from mode in Modes.Keys
        from scenario in Scenarios
        select new object[] { mode, scenario.Name };

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public async Task Publish_has_true_events_in_every_mode(string modeName, string scenarioName)
    {
        Mode mode = Modes[modeName];
        Scenario plain = Scenarios.Single(scenario => scenario.Name == scenarioName);
        Scenario scenario = plain with
        {
            Shape = mode.Shape ?? plain.Shape,
            NeedsFreshProcess = mode.IsCommand,
            Events = [ExpectedEvent.Inference(mode.Inference ?? []), plain.Events[^1]],
        };

        PublishResult result = await ScenarioRun.PublishWarmAsync(scenario, await PackageUnderTest.Feed, mode.Change);

        ScenarioRun.AssertTruth(scenario, result);
    }

    /// <summary>Without a publish before it the target finds no files for the image, with the package and without it.</summary>
    [TestMethod]
    [DataRow(PublishVerb.Build)]
    [DataRow(PublishVerb.MSBuild)]
    public async Task Target_without_a_publish_fails_without_a_publish_directory(PublishVerb verb)
    {
        Scenario scenario = CoreScenarios.Success with
        {
            Succeeds = false,
            Events = [ExpectedEvent.Inference(), ExpectedEvent.Error("missing_publish_directory", null)],
        };

        PublishResult result = await ScenarioRun.PublishWarmAsync(scenario, await PackageUnderTest.Feed, request => request with { Verb = verb });

        ScenarioRun.AssertTruth(scenario, result);
    }

    /// <param name="Change">The change to the command; null for none.</param>
    /// <param name="Shape">The change to the project; null for none.</param>
    /// <param name="Inference">The change to the expected inference; null for none.</param>
    private sealed record Mode(
        Func<PublishRequest, PublishRequest>? Change = null, ProjectShape? Shape = null, (string Key, string? Value)[]? Inference = null)
    {
        /// <summary>Whether the command differs, which a process of its own runs as its user does, and not the project.</summary>
        public bool IsCommand { get; init; }
    }
}
