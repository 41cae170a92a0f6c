using Containers.Telemetry.Consent;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Consenting;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Commands;

internal sealed class ConsentCommand(ToolContext context) : ToolCommand("consent", "Shows what is collected, asks for consent, and stores the answer.")
{
    public override IReadOnlyList<string> Examples => ["consent"];

    public override string MeaningOfNo => "the answer is no, or there is none";

    protected override int Run(ParseResult arguments)
    {
        Terminal terminal = context.Terminal;
        if (!terminal.IsInteractive)
        {
            throw ToolException.Usage("This is not an interactive terminal. Use containers-telemetry enable or containers-telemetry disable.");
        }

        WriteExplanation();
        switch (terminal.Confirm("May your container publishes be observed?"))
        {
            case true:
                return new ChoiceKeeper(context).Keep(ConsentChoice.Enabled);
            case false:
                new ChoiceKeeper(context).Keep(ConsentChoice.Disabled);
                return ExitCodes.No;
            default:
                terminal.WriteLine("There is no answer, so nothing has changed.");
                return ExitCodes.No;
        }
    }

    private void WriteExplanation()
    {
        Terminal terminal = context.Terminal;
        terminal.WriteParagraph(
            "Containers.Telemetry observes your container publishes. " +
            "It collects these fields of each, and no name, path, tag or message of yours:");
        terminal.WriteLine();
        var list = new FieldList(terminal);
        list.Add("The image", Names(InferenceFields.All));
        list.Add("The outcome", Names(OutcomeFields.All));
        list.Add("Details", Names(DetailFields.All));
        list.Add("Who", Names(IdentityFields.All));
        list.Add("Where it ran", Names(SurroundingsFields.All));
        list.Add("Your words", "dimensions, if you or a project declare any");
        list.Write();
        terminal.WriteLine();
        terminal.WriteParagraph("Events go to three places:");
        terminal.WriteLine();
        var ways = new FieldList(terminal);
        ways.Add("Store", $"{new UserData(context).Folder.Path ?? "none, since this user has no home"}: on this machine, for you alone");
        ways.Add("Endpoint", WaysOut.Endpoint);
        ways.Add("SDK", WaysOut.Sdk(isOn: true, ConsentRules.IsCliOptedOut(context.Machine)));
        ways.Write();
        terminal.WriteLine();
        terminal.WriteParagraph(
            $"{WaysOut.HowToStop} containers-telemetry show prints your events, containers-telemetry schema explains each field. " +
            $"More: {ProductPage.Url}");
        terminal.WriteLine();
    }

    private static string Names(EventField[] fields) => string.Join(", ", Array.ConvertAll(fields, static field => field.Name));
}
