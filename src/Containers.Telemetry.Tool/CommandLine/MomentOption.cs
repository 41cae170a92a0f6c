using System.CommandLine;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Tool.CommandLine;

/// <summary>An option that takes a moment in local time; see <see cref="PointInTime"/>.</summary>
internal sealed class MomentOption : CheckedOption
{
    private readonly TimeProvider _clock;

    public MomentOption(string name, string description, TimeProvider clock)
        : base(name, PointInTime.Forms)
    {
        _clock = clock;
        Description = $"{description}: {PointInTime.Forms}";
        HelpName = "MOMENT";
    }

    /// <summary>The moment that was typed; null for none.</summary>
    public DateTimeOffset? In(ParseResult arguments) => arguments.GetValue(this) is { } text ? Read(text) : null;

    protected override bool IsValid(string text) => Read(text) is not null;

    private DateTimeOffset? Read(string text) =>
        PointInTime.TryParse(text, _clock.GetUtcNow(), _clock.LocalTimeZone, out DateTimeOffset moment) ? moment : null;
}
