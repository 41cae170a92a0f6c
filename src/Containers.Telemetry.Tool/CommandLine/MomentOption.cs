using System.CommandLine;

namespace Containers.Telemetry.Tool.CommandLine;

/// <summary>An option that takes a moment; see <see cref="MomentExpression"/>.</summary>
internal sealed class MomentOption : Option<DateTimeOffset?>
{
    public MomentOption(string name, string description, TimeProvider clock)
        : base(name)
    {
        Description = $"{description}: {MomentExpression.Forms}";
        HelpName = "MOMENT";
        CustomParser = result =>
        {
            DateTimeOffset? moment = new MomentExpression(clock).Parse(result.Tokens[0].Value);
            if (moment is null)
            {
                result.AddError($"{name} takes {MomentExpression.Forms}");
            }

            return moment;
        };
    }
}
