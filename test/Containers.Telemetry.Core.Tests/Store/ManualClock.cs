namespace Containers.Telemetry.Core.Tests.Store;

/// <summary>A clock that stands still until it is set.</summary>
internal sealed class ManualClock(DateTime now) : TimeProvider
{
    public DateTime Now { get; set; } = DateTime.SpecifyKind(now, DateTimeKind.Utc);

    public override DateTimeOffset GetUtcNow() => Now;
}
