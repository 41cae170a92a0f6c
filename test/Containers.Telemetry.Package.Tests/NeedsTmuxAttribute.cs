using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests;

/// <summary>Runs a test only where tmux is installed, which simulates a terminal.</summary>
public sealed class NeedsTmuxAttribute : ConditionBaseAttribute
{
    public NeedsTmuxAttribute()
        : base(ConditionMode.Include)
    {
        IgnoreMessage = "No terminal: install tmux.";
    }

    public override string GroupName => nameof(NeedsTmuxAttribute);

    public override bool IsConditionMet => Tmux.Program is not null;
}
