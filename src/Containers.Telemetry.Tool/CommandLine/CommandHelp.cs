using System.CommandLine.Invocation;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.CommandLine;

/// <summary>The help of a command: what it does, what can be typed, examples, exit codes.</summary>
internal sealed class CommandHelp(Terminal terminal) : SynchronousCommandLineAction
{
    private const int Indent = 2;
    private const int Gap = 3;
    private const int NarrowWidth = 60;
    private const int WidestText = 100;
    private const int ShortName = 8;

    public override int Invoke(ParseResult parseResult)
    {
        Command command = parseResult.CommandResult.Command;
        WriteParagraph(command.Description ?? "", 0);
        WriteHeading("Usage");
        WriteParagraph(Usage(command), Indent);
        WriteTable("Commands", [.. command.Subcommands.Where(subcommand => !subcommand.Hidden).Select(Row)]);
        WriteTable("Arguments", [.. command.Arguments.Select(argument => (argument.HelpName ?? argument.Name, argument.Description ?? ""))]);
        WriteTable("Options", [.. OptionsOf(command).Select(Row)]);
        if (command is ToolCommand { Examples: { Count: > 0 } examples })
        {
            WriteHeading("Examples");
            foreach (string example in examples)
            {
                string line = example.Contains(ToolCommand.ProgramName + " ", StringComparison.Ordinal) ? example : $"{ToolCommand.ProgramName} {example}";
                terminal.WriteLine(Terminal.Spaces(Indent) + line);
            }
        }

        WriteTable("Exit codes", ExitCodeRows(command));
        if (ToolCommand.IsRoot(command))
        {
            terminal.WriteLine();
            WriteParagraph($"{ToolCommand.ProgramName} COMMAND --help explains a command.", 0);
        }

        return ExitCodes.Done;
    }

    private static (string Name, string Text)[] ExitCodeRows(Command command)
    {
        string? no = command is ToolCommand toolCommand ? toolCommand.MeaningOfNo : "the answer is no, or only a part could be done";
        string? conditionMet = ToolCommand.IsRoot(command) ? "the condition of report --fail-if is met" : (command as ToolCommand)?.MeaningOfConditionMet;
        return
        [
            ("0", "done"),
            .. no is null ? [] : (ReadOnlySpan<(string, string)>)[("1", no)],
            ("2", "the command line is wrong"),
            ("3", "something failed"),
            .. conditionMet is null ? [] : (ReadOnlySpan<(string, string)>)[("4", conditionMet)],
        ];
    }

    private static IEnumerable<Option> OptionsOf(Command command) =>
        ToolCommand.OptionsOf(command).Where(option => !option.Hidden).OrderBy(option => option.Recursive || option.Action is not null);

    private static string Usage(Command command)
    {
        string path = ToolCommand.PathOf(command);
        if (command.Subcommands.Count > 0)
        {
            path += " COMMAND";
        }

        foreach (Argument argument in command.Arguments)
        {
            string name = argument.HelpName ?? argument.Name;
            path += argument.Arity.MinimumNumberOfValues == 0 ? $" [{name}]" : $" {name}";
            path += argument.Arity.MaximumNumberOfValues > 1 ? "…" : "";
        }

        return path + " [options]";
    }

    private static (string Name, string Text) Row(Command command) => (command.Name, FirstSentence(command.Description ?? ""));

    private static (string Name, string Text) Row(Option option)
    {
        string names = string.Join(", ", option.Aliases.Where(alias => alias.Length == 2 && alias[0] == '-').Append(option.Name));
        bool takesValue = option.Arity.MaximumNumberOfValues > 0 && option.HelpName is { Length: > 0 };
        return (takesValue ? $"{names} {option.HelpName}" : names, option.Description ?? "");
    }

    private static string FirstSentence(string text)
    {
        int end = text.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).TrimEnd('.');
    }

    private void WriteHeading(string heading)
    {
        terminal.WriteLine();
        terminal.WriteLine(terminal.Toned(heading + ":", Tone.Strong));
    }

    private void WriteParagraph(string text, int indent)
    {
        foreach (string line in TextWrap.Lines(text, TextWidth - indent))
        {
            terminal.WriteLine(Terminal.Spaces(indent) + line);
        }
    }

    private void WriteTable(string heading, (string Name, string Text)[] rows)
    {
        if (rows.Length == 0)
        {
            return;
        }

        WriteHeading(heading);
        bool isNarrow = terminal.Width < NarrowWidth && rows.Any(row => row.Name.Length > ShortName);
        int textStart = isNarrow ? Indent + Indent : Indent + rows.Max(row => row.Name.Length) + Gap;
        foreach (var (name, text) in rows)
        {
            string margin = Terminal.Spaces(Indent) + name;
            if (isNarrow)
            {
                terminal.WriteLine(margin);
                WriteParagraph(text, textStart);
                continue;
            }

            foreach (string line in TextWrap.Lines(text, TextWidth - textStart))
            {
                terminal.WriteLine(margin.PadRight(textStart) + line);
                margin = "";
            }
        }
    }

    private int TextWidth => Math.Min(terminal.Width, WidestText);
}
