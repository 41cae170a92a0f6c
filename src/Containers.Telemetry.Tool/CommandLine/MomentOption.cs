using System.CommandLine;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Tool.CommandLine;

/// <summary>An option that takes a moment in local time; see <see cref="PointInTime"/>.</summary>
internal sealed class MomentOption : Option<DateTimeOffset?>
{
    public MomentOption(string name, string description, TimeProvider clock)
        : base(name)
    {
        Description = $"{description}: {PointInTime.Forms}";
        HelpName = "MOMENT";
        CustomParser = result =>
        {
            if (PointInTime.TryParse(result.Tokens[0].Value, clock.GetUtcNow(), clock.LocalTimeZone, out DateTimeOffset moment))
            {
                return moment;
            }

            result.AddError($"{name} takes {PointInTime.Forms}");
            return null;
        };
    }
}
