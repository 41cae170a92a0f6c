using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.TestInfrastructure.Publishing.Batches;

namespace Containers.Telemetry.Package.Tests.Scenarios;

/// <summary>Scenarios of one project that are published in one process, on one stage that is reset before each of them.</summary>
internal sealed class ScenarioBatch
{
    private readonly Lazy<Task<IReadOnlyDictionary<string, PublishResult>>> _withPackage;
    private readonly Lazy<Task<IReadOnlyDictionary<string, PublishResult>>> _withoutPackage;

    public ScenarioBatch(IReadOnlyList<Scenario> scenarios)
    {
        Scenarios = scenarios;
        _withPackage = new(() => RunAsync(static user => user));
        _withoutPackage = new(() => RunAsync(PackageUnderTest.WithoutPackage));
    }

    public IReadOnlyList<Scenario> Scenarios { get; }

    /// <summary>How the publishes ended, by the names of the scenarios.</summary>
    public Task<IReadOnlyDictionary<string, PublishResult>> WithPackage
    {
        get
        {
            // Most tests need both, and the tests that wait for the one leave a processor idle.
            _ = WithoutPackage;
            return _withPackage.Value;
        }
    }

    /// <summary>How the same publishes ended as if the package were not there.</summary>
    public Task<IReadOnlyDictionary<string, PublishResult>> WithoutPackage => _withoutPackage.Value;

    private async Task<IReadOnlyDictionary<string, PublishResult>> RunAsync(Func<DotnetEnvironment, DotnetEnvironment> change)
    {
        await using ScenarioStage stage = await ScenarioStage.SetAsync(PackageUnderTest.Authority);
        stage.Use(Scenarios[0].Variables);
        GeneratedProject project = await ScenarioRun.GenerateAsync(Scenarios[0].Shape, await PackageUnderTest.Feed);
        var batch = new PublishBatch(project, [.. Scenarios.Select(scenario => Publish(scenario, stage))])
        {
            Environment = user => change(stage.Environment(user)),
        };
        return await batch.RunAsync();
    }

    private static BatchedPublish Publish(Scenario scenario, ScenarioStage stage) => new(scenario.Name)
    {
        Properties = ScenarioRun.PropertiesOf(scenario, stage),
        Target = scenario.Target,
        PrepareAsync = () =>
        {
            stage.Reset();
            scenario.Arrange(stage);
            return stage is { Interrupt: null, Programs: null }
                ? Task.CompletedTask
                : throw new InvalidOperationException($"The scenario '{scenario.Name}' needs a process of its own.");
        },
    };
}
