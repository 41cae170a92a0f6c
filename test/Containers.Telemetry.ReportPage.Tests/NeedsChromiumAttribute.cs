namespace Containers.Telemetry.ReportPage.Tests;

/// <summary>Runs tests only where Chromium is installed.</summary>
public sealed class NeedsChromiumAttribute : ConditionBaseAttribute
{
    public NeedsChromiumAttribute()
        : base(ConditionMode.Include)
    {
        IgnoreMessage = "No browser: install chromium.";
    }

    public override string GroupName => nameof(NeedsChromiumAttribute);

    public override bool IsConditionMet => Browser.Program is not null;
}
