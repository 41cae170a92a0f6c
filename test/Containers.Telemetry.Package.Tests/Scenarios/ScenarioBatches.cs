using Containers.Telemetry.Package.Tests.Sinks;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Scenarios;

/// <summary>Scenarios that share processes. Each is published once with the package and once without, for all tests of a run.</summary>
internal sealed class ScenarioBatches
{
    private readonly Dictionary<string, ScenarioBatch> _batches;

    /// <param name="scenarios">The scenarios, each with a name of its own.</param>
    /// <param name="feed">The feed of the package; null for that of <see cref="PackageUnderTest"/>.</param>
    public ScenarioBatches(IEnumerable<Scenario> scenarios, Func<Task<PackageFeed>>? feed = null) => _batches = scenarios
        .GroupBy(scenario => (
            scenario.Shape,
            scenario.HasPrograms,
            scenario.Servers,
            Variables: string.Join('\0', scenario.Variables),
            Arguments: string.Join('\0', scenario.Arguments)))
        .Select(group => new ScenarioBatch([.. group], feed ?? (static () => PackageUnderTest.Feed)))
        .SelectMany(batch => batch.Scenarios.Select(scenario => (scenario.Name, Batch: batch)))
        .ToDictionary(pair => pair.Name, pair => pair.Batch, StringComparer.Ordinal);

    /// <summary>Returns the result of a scenario's publish with the package.</summary>
    public async Task<PublishResult> PublishAsync(Scenario scenario) => (await _batches[scenario.Name].WithPackage).Publishes[scenario.Name];

    /// <summary>Returns the results of the publish with the package and without it. The two batches run at the same time.</summary>
    public async Task<(PublishResult With, PublishResult Without)> PublishBothAsync(Scenario scenario)
    {
        Task<PublishResult> without = PublishWithoutPackageAsync(scenario);
        return (await PublishAsync(scenario), await without);
    }

    /// <summary>Returns the events that a scenario's publish with the package has stored.</summary>
    public async Task<IReadOnlyList<OtlpJsonRecord>> StoredAsync(Scenario scenario) => (await _batches[scenario.Name].WithPackage).Stored[scenario.Name];

    /// <summary>Returns the result of the same publish without the package.</summary>
    public async Task<PublishResult> PublishWithoutPackageAsync(Scenario scenario) => (await _batches[scenario.Name].WithoutPackage).Publishes[scenario.Name];
}
