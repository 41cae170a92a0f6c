namespace Containers.Telemetry.TestInfrastructure;

/// <summary>Runs tests only where the Aspire dashboard's package has a program for this system.</summary>
public sealed class NeedsAspireDashboardAttribute : ConditionBaseAttribute
{
    public NeedsAspireDashboardAttribute()
        : base(ConditionMode.Include)
    {
        IgnoreMessage = "No Aspire dashboard: the tests restore its package for Linux x64 only.";
    }

    public override string GroupName => nameof(NeedsAspireDashboardAttribute);

    public override bool IsConditionMet => AspireDashboard.Program is not null;
}
