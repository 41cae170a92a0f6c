namespace Containers.Telemetry.Core.Tests.Store;

/// <summary>A clock that stands still until it is set.</summary>
internal sealed class ManualClock(DateTime now) : TimeProvider
{
    private long _timestamp;

    public DateTime Now { get; set; } = DateTime.SpecifyKind(now, DateTimeKind.Utc);

    public override DateTimeOffset GetUtcNow() => Now;

    /// <summary>The time that passes from one time stamp to the next.</summary>
    public TimeSpan Step { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _timestamp += Step.Ticks;
}
