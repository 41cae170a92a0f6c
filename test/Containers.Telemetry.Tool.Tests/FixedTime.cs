namespace Containers.Telemetry.Tool.Tests;

/// <summary>A stopped clock in a time zone.</summary>
internal sealed class FixedTime(DateTimeOffset now, TimeSpan offset) : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.CreateCustomTimeZone("test", offset, "test", "test");

    public override DateTimeOffset GetUtcNow() => now;
}
