using Containers.Telemetry.Package.Tests.Sinks;
using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.TestInfrastructure.Publishing.Batches;

namespace Containers.Telemetry.Package.Tests.Scenarios;

/// <summary>
/// Scenarios of one project that run in one process on one stage. The stage is reset before each of them. It is a warm stage if the installed SDK
/// publishes and nothing has to be restored.
/// </summary>
internal sealed class ScenarioBatch
{
    private readonly Func<Task<PackageFeed>> _feed;
    private readonly Lazy<Task<Run>> _withPackage;
    private readonly Lazy<Task<Run>> _withoutPackage;

    /// <param name="scenarios">
    /// Scenarios with one shape and the same variables and arguments. Either all set the programs on the PATH, or none does.
    /// </param>
    /// <param name="feed">The feed of the package.</param>
    public ScenarioBatch(IReadOnlyList<Scenario> scenarios, Func<Task<PackageFeed>> feed)
    {
        Scenarios = scenarios;
        _feed = feed;
        _withPackage = new(() => PublishAsync(static user => user, Restores));
        _withoutPackage = new(() => PublishAsync(PackageUnderTest.WithoutPackage, restores: false));
    }

    public IReadOnlyList<Scenario> Scenarios { get; }

    /// <summary>Full path of the <c>dotnet</c> program of the SDK that publishes.</summary>
    public string Program { get; init; } = DotnetHost.Path;

    /// <summary>Whether that SDK restores the package first.</summary>
    public bool Restores { get; init; }

    /// <summary>The results of the publishes.</summary>
    public Task<Run> WithPackage => _withPackage.Value;

    /// <summary>The results of the same publishes without the package.</summary>
    public Task<Run> WithoutPackage => _withoutPackage.Value;

    private async Task<Run> PublishAsync(Func<DotnetEnvironment, DotnetEnvironment> change, bool restores)
    {
        if (Program == DotnetHost.Path && !Restores && !Scenarios[0].NeedsFreshProcess)
        {
            return await WarmStage.UseAsync(Scenarios[0].Servers, warm => PublishAsync(warm.Stage, user => warm.Environment(change(user)), restores));
        }

        await using ScenarioStage stage = await ScenarioStage.SetAsync(PackageUnderTest.Authority);
        return await PublishAsync(stage, change, restores);
    }

    private async Task<Run> PublishAsync(ScenarioStage stage, Func<DotnetEnvironment, DotnetEnvironment> change, bool restores)
    {
        using var stores = new TemporaryFolder();
        stage.Use(Scenarios[0].Variables);
        if (Scenarios[0].HasPrograms)
        {
            stage.UsePrograms();
        }

        GeneratedProject project = await ScenarioRun.GenerateAsync(Scenarios[0].Shape, await _feed());
        var batch = new PublishBatch(project, [.. Scenarios.Select(scenario => Publish(scenario, stage, StoreOf(scenario)))])
        {
            Arguments = Scenarios[0].Arguments,
            Environment = user => change(stage.Environment(user)),
            Program = Program,
            Restores = restores,
        };
        IReadOnlyDictionary<string, PublishResult> publishes = await batch.RunAsync();
        return new(publishes, Scenarios.ToDictionary(scenario => scenario.Name, scenario => UserFolders.ReadEvents(StoreOf(scenario)), StringComparer.Ordinal));

        string StoreOf(Scenario scenario) => stores.Combine(scenario.Name);
    }

    private static BatchedPublish Publish(Scenario scenario, ScenarioStage stage, string store)
    {
        int variables = stage.Variables.Count;
        return new(scenario.Name)
        {
            Properties = [.. ScenarioRun.PropertiesOf(scenario, stage), KeyValuePair.Create("ContainersTelemetryStore", store)],
            Target = scenario.Target,
            PrepareAsync = () =>
            {
                stage.Reset();
                scenario.Arrange(stage);
                return stage.Interrupt is null && stage.Variables.Count == variables && stage.Programs is not null == scenario.HasPrograms
                    ? Task.CompletedTask
                    : throw new InvalidOperationException($"The scenario '{scenario.Name}' needs a process of its own.");
            },
        };
    }

    /// <summary>The publishes of one process.</summary>
    /// <param name="Publishes">The results by the names of the scenarios.</param>
    /// <param name="Stored">The stored events of each publish.</param>
    internal sealed record Run(IReadOnlyDictionary<string, PublishResult> Publishes, IReadOnlyDictionary<string, IReadOnlyList<OtlpJsonRecord>> Stored);
}
