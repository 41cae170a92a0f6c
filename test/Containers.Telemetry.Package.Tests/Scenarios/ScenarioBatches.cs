using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Scenarios;

/// <summary>Scenarios that share processes, each published once with the package and once without for all tests of a run.</summary>
internal sealed class ScenarioBatches
{
    private readonly Dictionary<string, ScenarioBatch> _batches;

    public ScenarioBatches(IEnumerable<Scenario> scenarios) => _batches = scenarios
        .GroupBy(scenario => (scenario.Shape, Variables: string.Join('\0', scenario.Variables)))
        .Select(group => new ScenarioBatch([.. group]))
        .SelectMany(batch => batch.Scenarios.Select(scenario => (scenario.Name, Batch: batch)))
        .ToDictionary(pair => pair.Name, pair => pair.Batch, StringComparer.Ordinal);

    /// <summary>Returns how a scenario's publish with the package ended.</summary>
    public async Task<PublishResult> PublishAsync(Scenario scenario) => (await _batches[scenario.Name].WithPackage)[scenario.Name];

    /// <summary>Returns how the same publish ended as if the package were not there.</summary>
    public async Task<PublishResult> PublishWithoutPackageAsync(Scenario scenario) => (await _batches[scenario.Name].WithoutPackage)[scenario.Name];
}
