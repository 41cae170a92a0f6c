using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Modes;

/// <summary>However a publish is started and however the package came into the project, the events are those of the plain way.</summary>
[TestClass]
public sealed class ModeTests
{
    // What "dotnet publish -t:PublishContainer" runs.
    private const string PublishAndContainer = "Publish;PublishContainer";

    private static readonly Scenario[] Scenarios = [CoreScenarios.Success, CoreScenarios.PushRefused];

    private static readonly Dictionary<string, Mode> Modes = new(StringComparer.Ordinal)
    {
        ["dotnet build"] = new(request => request with { Verb = PublishVerb.Build, Target = PublishAndContainer }),
        ["dotnet msbuild"] = new(request => request with { Verb = PublishVerb.MSBuild, Target = PublishAndContainer }),
        ["the profile DefaultContainer"] = new(
            request => request with { Target = null, Properties = [.. request.Properties, new("PublishProfile", "DefaultContainer")] },
            new ProjectShape { Kind = ProjectKind.Web },
            [("BaseImage", "mcr.microsoft.com/dotnet/aspnet"), ("ProjectType", "AspNetCore")]),
        ["with a build"] = new(request => request with { NoBuild = false }),
        ["-bl"] = new(request => request with { Arguments = ["-bl"] }),
        ["-tl:on"] = new(request => request with { Arguments = ["-tl:on"] }),
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
    public async Task Publish_tells_the_truth(string modeName, string scenarioName)
    {
        Mode mode = Modes[modeName];
        Scenario plain = Scenarios.Single(scenario => scenario.Name == scenarioName);
        Scenario scenario = plain with
        {
            Shape = mode.Shape ?? plain.Shape,
            Events = [ExpectedEvent.Inference(mode.Inference ?? []), plain.Events[^1]],
        };

        PublishResult result = await ScenarioRun.PublishAsync(scenario, await PackageUnderTest.Feed, mode.Change);

        ScenarioRun.AssertTruth(scenario, result);
    }

    /// <summary>Without a publish before it, the target finds nothing to put into the image, with us as without.</summary>
    [TestMethod]
    [DataRow(PublishVerb.Build)]
    [DataRow(PublishVerb.MSBuild)]
    public async Task Target_alone_fails_for_want_of_a_publish_directory(PublishVerb verb)
    {
        Scenario scenario = CoreScenarios.Success with
        {
            Succeeds = false,
            Events = [ExpectedEvent.Inference(), ExpectedEvent.Error("missing_publish_directory", null)],
        };

        PublishResult result = await ScenarioRun.PublishAsync(scenario, await PackageUnderTest.Feed, request => request with { Verb = verb });

        ScenarioRun.AssertTruth(scenario, result);
    }

    /// <param name="Change">What is different about the command; null for nothing.</param>
    /// <param name="Shape">What is different about the project; null for nothing.</param>
    /// <param name="Inference">What is different about the inference for it; null for nothing.</param>
    private sealed record Mode(Func<PublishRequest, PublishRequest>? Change = null, ProjectShape? Shape = null, (string Key, string? Value)[]? Inference = null);
}
