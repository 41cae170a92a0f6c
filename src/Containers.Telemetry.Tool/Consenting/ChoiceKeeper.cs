using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Consenting;

/// <summary>Stores a user's choice, and prints its effect.</summary>
internal sealed class ChoiceKeeper(ToolContext context)
{
    /// <returns><see cref="ExitCodes.No"/> if a rule of higher rank overrides it.</returns>
    /// <exception cref="ToolException">The choice cannot be stored.</exception>
    public int Keep(ConsentChoice choice)
    {
        var data = new UserData(context);
        if (!StoredConsent.Write(data.Config, choice))
        {
            throw ToolException.Failure(
                $"The choice cannot be stored in {data.Config.Path}. " +
                $"Make it a folder that you may write to, or set CONTAINERS_TELEMETRY_OPTOUT to {(choice is ConsentChoice.Disabled ? 1 : 0)}.");
        }

        bool isOn = choice is ConsentChoice.Enabled;
        ConsentRule rule = ConsentRules.Decide(context.Machine, choice);
        context.Terminal.WriteLine(
            $"Telemetry is {(isOn ? "on" : "off")} for all your projects, except where a project's property ContainersTelemetry says otherwise.");
        if (rule.IsOn == isOn)
        {
            return ExitCodes.Done;
        }

        context.Terminal.WriteNote($"note: In this environment it stays {(rule.IsOn ? "on" : "off")}, by {rule.Name}, which takes precedence. Unset it.");
        return ExitCodes.No;
    }
}
