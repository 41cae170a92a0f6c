using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.Package.Tests.Sinks;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.TestInfrastructure.Publishing.Bands;
using Containers.Telemetry.TestInfrastructure.Publishing.Batches;

namespace Containers.Telemetry.Package.Tests.Bands;

/// <summary>All publishes of a band: with the package and without, each in one process.</summary>
internal sealed class BandRun
{
    private BandRun(
        IReadOnlyDictionary<string, PublishResult> with, IReadOnlyDictionary<string, PublishResult> without, IReadOnlyDictionary<string, IReadOnlyList<OtlpRecord>> stored)
    {
        With = with;
        Without = without;
        Stored = stored;
    }

    /// <summary>The publishes with the package, by the names of their scenarios.</summary>
    public IReadOnlyDictionary<string, PublishResult> With { get; }

    /// <summary>The same publishes as if the package were not there.</summary>
    public IReadOnlyDictionary<string, PublishResult> Without { get; }

    /// <summary>What the publishes with the package stored.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<OtlpRecord>> Stored { get; }

    /// <summary>Restores a project with the SDK of a band, and publishes it once for each scenario.</summary>
    public static async Task<BandRun> PublishAsync(Band band, IReadOnlyList<Scenario> scenarios)
    {
        using var folder = new TemporaryFolder();
        return await PublishAsync(BandSdk.Create(band, folder.Path), scenarios);
    }

    /// <summary>The same with the SDK of a <c>dotnet</c> program.</summary>
    public static async Task<BandRun> PublishAsync(string program, IReadOnlyList<Scenario> scenarios)
    {
        using var folder = new TemporaryFolder();
        Func<Scenario, string> storeOf = scenario => folder.Combine("stores", scenario.Name);

        Task<IReadOnlyDictionary<string, PublishResult>> without = PublishAsync(program, scenarios, storeOf, PackageUnderTest.WithoutPackage);
        IReadOnlyDictionary<string, PublishResult> with = await PublishAsync(program, scenarios, storeOf, static user => user);
        return new BandRun(
            with,
            await without,
            scenarios.ToDictionary(scenario => scenario.Name, scenario => UserFolders.ReadEvents(storeOf(scenario)), StringComparer.Ordinal));
    }

    private static async Task<IReadOnlyDictionary<string, PublishResult>> PublishAsync(
        string program, IReadOnlyList<Scenario> scenarios, Func<Scenario, string> storeOf, Func<DotnetEnvironment, DotnetEnvironment> change)
    {
        await using ScenarioStage stage = await ScenarioStage.SetAsync(PackageUnderTest.Authority);
        stage.UsePrograms((ContainerCli.Docker, ContainerCliBehavior.Healthy));
        GeneratedProject project = await ScenarioRun.GenerateAsync(scenarios[0].Shape, await PackageUnderTest.Feed);
        var batch = new PublishBatch(project, [.. scenarios.Select(Publish)])
        {
            Environment = user => change(stage.Environment(user)),
            Program = program,
            Restores = true,
        };
        return await batch.RunAsync();

        BatchedPublish Publish(Scenario scenario) => new(scenario.Name)
        {
            Properties =
            [
                .. ScenarioRun.PropertiesOf(scenario, stage),
                KeyValuePair.Create("ContainersTelemetryStore", storeOf(scenario)),

                // Older SDKs publish a console program only if they are asked to.
                KeyValuePair.Create("EnableSdkContainerSupport", "true"),
            ],
            PrepareAsync = () =>
            {
                stage.Reset();
                scenario.Arrange(stage);
                return Task.CompletedTask;
            },
        };
    }
}
