using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Tool.CommandLine;

/// <summary>An option that takes a moment; see <see cref="PointInTime"/>.</summary>
internal sealed class MomentOption : CheckedOption
{
    private readonly TimeProvider _clock;
    private readonly TimeZoneInfo? _zone;

    /// <param name="clock">What ages are counted from.</param>
    /// <param name="zone">The time zone of dates and times without one; null for the local one.</param>
    public MomentOption(string name, string description, TimeProvider clock, TimeZoneInfo? zone = null)
        : base(name, PointInTime.Forms)
    {
        _clock = clock;
        _zone = zone;
        Description = $"{description}: {PointInTime.Forms}";
        HelpName = "MOMENT";
    }

    /// <summary>The moment that was typed; null for none.</summary>
    public DateTimeOffset? In(ParseResult arguments) => arguments.GetValue(this) is { } text ? Read(text) : null;

    protected override bool IsValid(string text) => Read(text) is not null;

    private DateTimeOffset? Read(string text) =>
        PointInTime.TryParse(text, _clock.GetUtcNow(), _zone ?? _clock.LocalTimeZone, out DateTimeOffset moment) ? moment : null;
}
