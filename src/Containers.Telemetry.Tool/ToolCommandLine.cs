using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Completion;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool;

/// <summary>The command line of the tool: all commands, and the handling of invalid lines.</summary>
internal sealed class ToolCommandLine
{
    private const string HelpWord = "help";

    // An argument that begins with @ is not a response file.
    private static readonly ParserConfiguration Literally = new() { ResponseFileTokenReplacer = null };

    private readonly ToolContext _context;
    private readonly Command _root;

    /// <param name="firstArgument">The first argument of the command line: if it is a command, only that one is built.</param>
    public ToolCommandLine(ToolContext context, string? firstArgument)
    {
        _context = context;
        _root = new Command(ToolCommand.ProgramName, "Shows and controls what Containers.Telemetry collects on this machine about container publishes.");
        _root.Options.Add(new Option<bool>("--help", "-h")
        {
            Action = new CommandHelp(context.Terminal),
            Arity = ArgumentArity.Zero,
            Description = "Shows this help",
            Recursive = true,
        });
        _root.Options.Add(new Option<bool>("--version")
        {
            Action = new VersionText(context.Terminal),
            Arity = ArgumentArity.Zero,
            Description = "Shows the version",
        });
        var store = new Option<string?>("--store")
        {
            Description = "The folder that holds the store, in place of the user's own",
            HelpName = "DIR",
            Recursive = true,
        };
        store.Validators.Add(static result =>
        {
            // A script with an unset variable passes an empty name, which would be the current folder.
            if (result.Tokens is [{ Value: "" }])
            {
                result.AddError("--store takes a folder");
            }
        });
        _root.Options.Add(store);
        var catalog = new CommandCatalog(context, store);
        foreach (ToolCommand command in catalog.Find(firstArgument) is { } named ? [named] : catalog.All)
        {
            _root.Subcommands.Add(command);
        }
    }

    /// <exception cref="ToolException">The arguments are wrong, or the command cannot go on.</exception>
    public int Run(string[] arguments)
    {
        if (arguments is [CommandCompleter.Verb, ..])
        {
            var completer = new CommandCompleter(_root);
            foreach (string line in completer.Complete(arguments.AsSpan(1)))
            {
                _context.Terminal.Out.WriteLine(line);
            }

            return completer.IsFile ? ExitCodes.No : ExitCodes.Done;
        }

        ParseResult result = _root.Parse(
            arguments switch { [] => ["--help"], [HelpWord, .. var command] => [.. command, "--help"], _ => arguments },
            Literally);
        bool isHelp = result.Action is CommandHelp or VersionText;
        if ((isHelp ? UnknownCommand(result) : Explain(result)) is { } problem)
        {
            throw ToolException.Usage(problem);
        }

        return result.Invoke(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            Error = _context.Terminal.Out,
            Output = _context.Terminal.Out,
            // Ctrl+C ends a command like any program.
            ProcessTerminationTimeout = null,
        });
    }

    // The help of a command needs none of its arguments, but the command.
    private static string? UnknownCommand(ParseResult result) =>
        result is { CommandResult.Command: { Subcommands.Count: > 0 } command, UnmatchedTokens: [not HelpWord and [not '-', ..] unknown, ..] }
            ? $"{ExplainUnmatched(unknown, command)} See {ToolCommand.PathOf(command)} --help."
            : null;

    private static string? Explain(ParseResult result)
    {
        Command command = result.CommandResult.Command;
        string? unexpected = MistakenArgument(result) ?? (result.UnmatchedTokens.Count > 0 ? result.UnmatchedTokens[0] : null);
        string? problem = unexpected is not null ? ExplainUnmatched(unexpected, command)
            : result.Errors.Count == 0 ? null
            : ToolCommand.IsRoot(command) ? "A command is missing."
            : MissingArgument(result) is { } missing ? $"{command.Name} needs {missing.HelpName ?? missing.Name}: {missing.Description}."
            : WrongNumber(result.Errors[0]) ?? InOneLine(result.Errors[0].Message);
        return problem is null ? null : $"{problem} See {ToolCommand.PathOf(command)} --help.";
    }

    // The parser treats an unknown option as an argument.
    private static string? MistakenArgument(ParseResult result) => result.CommandResult.Children
        .OfType<ArgumentResult>()
        .SelectMany(argument => argument.Tokens)
        .Select(token => token.Value)
        .FirstOrDefault(value => value is ['-', _, ..]);

    private static Argument? MissingArgument(ParseResult result) => result.CommandResult.Command.Arguments
        .FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > 0 && result.GetResult(argument) is not { Tokens.Count: > 0 });

    /// <summary>Explains an option without its value, or with several; null for another mistake.</summary>
    private static string? WrongNumber(ParseError error) => error.SymbolResult is not OptionResult { Option: var option } result ? null
        : result.Tokens.Count == 0 && option.Arity.MinimumNumberOfValues > 0 ? $"{option.Name} needs {option.HelpName}.{AllowedFor(option)}"
        : result.Tokens.Count > option.Arity.MaximumNumberOfValues ? $"{option.Name} can be given once."
        : null;

    private static string AllowedFor(Option option)
    {
        const int MostAllowed = 40;
        string[] allowed = [.. option.GetCompletions(CompletionContext.Empty).Select(static item => item.Label)];
        return allowed.Length is > 0 and <= MostAllowed ? $" Allowed: {string.Join(", ", allowed)}." : "";
    }

    private static string InOneLine(string message)
    {
        string text = string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.EndsWith('.') ? text : text + ".";
    }

    private static string ExplainUnmatched(string token, Command command)
    {
        bool isOption = token.StartsWith('-');
        IEnumerable<string> candidates = isOption
            ? [.. ToolCommand.OptionsOf(command).Select(option => option.Name)]
            : command.Subcommands.Select(subcommand => subcommand.Name);
        string name = isOption && token.IndexOf('=') is > 0 and int end ? token[..end] : token;
        if (candidates.Contains(name))
        {
            return $"{name} came after -- and was not parsed. Remove --.";
        }

        string where = ToolCommand.IsRoot(command) ? "" : $" of {command.Name}";
        string problem = isOption ? $"There is no option {name}{where}."
            : ToolCommand.IsRoot(command) ? $"There is no command {name}."
            : $"The argument {name} is not expected by {command.Name}.";
        return NearestNames.Find(name, candidates) is [var nearest, ..] ? $"{problem} Did you mean {nearest}?" : problem;
    }
}
