namespace Containers.Telemetry.Core.Tests.Store;

/// <summary>A clock that stops until a test sets it.</summary>
internal sealed class ManualClock(DateTime now) : TimeProvider
{
    private long _timestamp;

    public DateTime Now { get; set; } = DateTime.SpecifyKind(now, DateTimeKind.Utc);

    public override DateTimeOffset GetUtcNow() => Now;

    /// <summary>The time between one time stamp and the next.</summary>
    public TimeSpan Step { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _timestamp += Step.Ticks;
}
