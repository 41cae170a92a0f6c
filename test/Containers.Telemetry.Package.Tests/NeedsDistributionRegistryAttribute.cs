namespace Containers.Telemetry.Package.Tests;

/// <summary>Runs a test only where a CNCF Distribution registry was started for it, as <c>.ci/run</c> does.</summary>
public sealed class NeedsDistributionRegistryAttribute : ConditionBaseAttribute
{
    private const string Variable = "CONTAINERS_TELEMETRY_TEST_REGISTRY";

    public NeedsDistributionRegistryAttribute()
        : base(ConditionMode.Include)
    {
        IgnoreMessage = $"No CNCF Distribution registry: start one on localhost and set {Variable} to its host and port.";
    }

    /// <summary>Host and port of the registry, or null.</summary>
    public static string? Authority => Environment.GetEnvironmentVariable(Variable);

    public override string GroupName => nameof(NeedsDistributionRegistryAttribute);

    public override bool IsConditionMet => Authority is { Length: > 0 };
}
