namespace Containers.Telemetry.Tool.Tests.Processes;

/// <summary>A test that needs the program <c>script</c> of util-linux, which makes a terminal.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
internal sealed class NeedsTerminalAttribute : ConditionBaseAttribute
{
    public NeedsTerminalAttribute()
        : base(ConditionMode.Include) => IgnoreMessage = "There is no program script on this machine.";

    public override string GroupName => "terminal";

    public override bool IsConditionMet => OperatingSystem.IsLinux() && File.Exists("/usr/bin/script");
}
