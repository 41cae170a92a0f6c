namespace Containers.Telemetry.Tool.Tests.Processes;

/// <summary>Runs a test only where the program <c>script</c> of util-linux is installed, which provides a terminal.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
internal sealed class NeedsTerminalAttribute : ConditionBaseAttribute
{
    public NeedsTerminalAttribute()
        : base(ConditionMode.Include) => IgnoreMessage = "The program script of util-linux is not installed.";

    public override string GroupName => "terminal";

    public override bool IsConditionMet => OperatingSystem.IsLinux() && File.Exists("/usr/bin/script");
}
