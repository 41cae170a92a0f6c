using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Modes;

/// <summary>However a publish is started and however the package came into the project, the events are those of the plain way.</summary>
[TestClass]
public sealed class ModeTests
{
    private static readonly Scenario[] Scenarios =
        [CoreScenarios.Success, CoreScenarios.PushRefused, CoreScenarios.BaseImageMissing, CoreScenarios.Archive, CoreScenarios.RuntimeMissing];

    // Each publish costs seconds, so most ways get one that succeeds and one that does not.
    private static readonly Dictionary<string, Mode> Modes = new(StringComparer.Ordinal)
    {
        ["dotnet build -t:PublishContainer"] = new(request => request with { Verb = PublishVerb.Build }),
        ["dotnet msbuild -t:PublishContainer"] = new(request => request with { Verb = PublishVerb.MSBuild }, IsOfAllScenarios: true),
        ["the profile DefaultContainer"] = new(request => request with { Target = null, Properties = [.. request.Properties, new("PublishProfile", "DefaultContainer")] }),
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
        from mode in Modes
        from scenario in mode.Value.IsOfAllScenarios ? Scenarios : Scenarios[..2]
        select new object[] { mode.Key, scenario.Name };

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public async Task Publish_tells_the_truth(string modeName, string scenarioName)
    {
        Mode mode = Modes[modeName];
        Scenario scenario = Scenarios.Single(s => s.Name == scenarioName) with { Shape = mode.Shape ?? new ProjectShape() };

        PublishResult result = await ScenarioRun.PublishAsync(scenario, await PackageUnderTest.Feed, mode.Change);

        ScenarioRun.AssertTruth(scenario, result);
    }

    /// <param name="Change">What is different about the command; null for nothing.</param>
    /// <param name="Shape">What is different about the project; null for nothing.</param>
    /// <param name="IsOfAllScenarios">Whether all scenarios are published in this way.</param>
    private sealed record Mode(Func<PublishRequest, PublishRequest>? Change = null, ProjectShape? Shape = null, bool IsOfAllScenarios = false);
}
