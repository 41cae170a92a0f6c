using Containers.Telemetry.Package.Tests.Sinks;
using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.TestInfrastructure.Publishing.Batches;

namespace Containers.Telemetry.Package.Tests.Scenarios;

/// <summary>
/// Scenarios of one project that run in one process on one stage. The stage is reset before each of them. It is a warm stage unless a scenario needs a
/// fresh process.
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
        _withPackage = new(() => PublishAsync(static user => user));
        _withoutPackage = new(() => PublishAsync(PackageUnderTest.WithoutPackage));
    }

    public IReadOnlyList<Scenario> Scenarios { get; }

    /// <summary>The results of the publishes.</summary>
    public Task<Run> WithPackage => _withPackage.Value;

    /// <summary>The results of the same publishes without the package.</summary>
    public Task<Run> WithoutPackage => _withoutPackage.Value;

    /// <summary>
    /// Publishes all scenarios without the package and then with it, in one process of an SDK that restores the package first. So nothing of the package
    /// is loaded before the publishes without it.
    /// </summary>
    /// <param name="program">Full path of the <c>dotnet</c> program of the SDK.</param>
    public async Task<(Run With, Run Without)> PublishBothAsync(string program)
    {
        await using ScenarioStage stage = await ScenarioStage.SetAsync(PackageUnderTest.Authority);
        using var stores = new TemporaryFolder();
        Prepare(stage);
        GeneratedProject project = await GenerateAsync();
        GeneratedProject plain = await GenerateAsync();
        var batch = new PublishBatch(
            project,
            [
                .. Scenarios.Select(scenario => Publish(scenario, stage, stores) with { Name = WithoutPackageOf(scenario), Project = plain })
                    .Select(static publish => publish with { Properties = [.. publish.Properties, PackageUnderTest.PropertyWithoutPackage] }),
                .. Scenarios.Select(scenario => Publish(scenario, stage, stores)),
            ])
        {
            Arguments = Scenarios[0].Arguments,
            Environment = stage.Environment,
            Program = program,
            Restores = true,
        };
        IReadOnlyDictionary<string, PublishResult> publishes = await batch.RunAsync();
        return (RunOf(publishes, stores, static scenario => scenario.Name), RunOf(publishes, stores, WithoutPackageOf));

        static string WithoutPackageOf(Scenario scenario) => $"{scenario.Name}, without the package";
    }

    private async Task<Run> PublishAsync(Func<DotnetEnvironment, DotnetEnvironment> change)
    {
        if (!Scenarios[0].NeedsFreshProcess)
        {
            return await WarmStage.UseAsync(Scenarios[0].Servers, warm => PublishAsync(warm.Stage, user => warm.Environment(change(user))));
        }

        await using ScenarioStage stage = await ScenarioStage.SetAsync(PackageUnderTest.Authority);
        return await PublishAsync(stage, change);
    }

    private async Task<Run> PublishAsync(ScenarioStage stage, Func<DotnetEnvironment, DotnetEnvironment> change)
    {
        using var stores = new TemporaryFolder();
        Prepare(stage);
        var batch = new PublishBatch(await GenerateAsync(), [.. Scenarios.Select(scenario => Publish(scenario, stage, stores))])
        {
            Arguments = Scenarios[0].Arguments,
            Environment = user => change(stage.Environment(user)),
        };
        return RunOf(await batch.RunAsync(), stores, static scenario => scenario.Name);
    }

    private void Prepare(ScenarioStage stage)
    {
        stage.Use(Scenarios[0].Variables);
        if (Scenarios[0].HasPrograms)
        {
            stage.UsePrograms();
        }
    }

    private async Task<GeneratedProject> GenerateAsync() => await ScenarioRun.GenerateAsync(Scenarios[0].Shape, await _feed());

    private Run RunOf(IReadOnlyDictionary<string, PublishResult> publishes, TemporaryFolder stores, Func<Scenario, string> name) => new(
        Scenarios.ToDictionary(static scenario => scenario.Name, scenario => publishes[name(scenario)], StringComparer.Ordinal),
        Scenarios.ToDictionary(static scenario => scenario.Name, scenario => UserFolders.ReadEvents(stores.Combine(scenario.Name)), StringComparer.Ordinal));

    private static BatchedPublish Publish(Scenario scenario, ScenarioStage stage, TemporaryFolder stores)
    {
        int variables = stage.Variables.Count;
        return new(scenario.Name)
        {
            Properties = [.. ScenarioRun.PropertiesOf(scenario, stage), KeyValuePair.Create("ContainersTelemetryStore", stores.Combine(scenario.Name))],
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
