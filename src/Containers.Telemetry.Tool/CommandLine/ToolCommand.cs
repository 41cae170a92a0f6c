using System.CommandLine.Parsing;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.CommandLine;

/// <summary>A command: what can be typed, and what then runs.</summary>
internal abstract class ToolCommand : Command
{
    public const string ProgramName = "containers-telemetry";

    protected ToolCommand(string name, string description)
        : base(name, description)
    {
        SetAction(Run);
    }

    /// <summary>Command lines for its help: without the name of the program where they start with it.</summary>
    public abstract IReadOnlyList<string> Examples { get; }

    /// <summary>The meaning of exit code 1; null where the command never ends with it.</summary>
    public virtual string? MeaningOfNo => null;

    /// <summary>The meaning of exit code 4; null where the command never ends with it.</summary>
    public virtual string? MeaningOfConditionMet => null;

    /// <summary>Returns what a user types for a command: the name of the program, then the names of the commands down to it.</summary>
    public static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : ProgramName;

    /// <summary>Returns the options of a command, and those of the commands that it is part of that hold for all of their parts.</summary>
    public static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(OptionsOf).Where(static option => option.Recursive));

    /// <summary>Whether a command is the program itself, of which the others are parts.</summary>
    public static bool IsRoot(Command command) => !command.Parents.Any();

    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    protected abstract int Run(ParseResult arguments);

    protected TOption With<TOption>(TOption option)
        where TOption : Option
    {
        Options.Add(option);
        return option;
    }

    /// <param name="value">The value in help, such as <c>FILE</c>.</param>
    protected Option<T> With<T>(string name, string value, string description) =>
        With(new Option<T>(name) { Description = description, HelpName = value });

    /// <summary>Adds an option whose value is one of these words, in any case.</summary>
    /// <param name="value">The value in help, such as <c>FORMAT</c>.</param>
    protected Option<string?> With(string name, string value, string description, IReadOnlyList<string> words)
    {
        Option<string?> option = With<string?>(name, value, description);
        option.CompletionSources.Add([.. words]);
        option.CustomParser = result => WordOf(result, name, words);
        return option;
    }

    /// <summary>Adds the option that asks for a result that scripts can read.</summary>
    protected Option<bool> WithJson() => With(new Option<bool>("--json") { Description = "Prints JSON" });

    protected TArgument WithArgument<TArgument>(TArgument argument)
        where TArgument : Argument
    {
        Arguments.Add(argument);
        return argument;
    }

    /// <summary>Adds an argument that is one of these words, in any case.</summary>
    protected Argument<string?> WithArgument(string name, string description, IReadOnlyList<string> words)
    {
        Argument<string?> argument = WithArgument(new Argument<string?>(name) { Description = description });
        argument.CompletionSources.Add([.. words]);
        argument.CustomParser = result => WordOf(result, name, words);
        return argument;
    }

    private static string? WordOf(ArgumentResult result, string name, IReadOnlyList<string> words)
    {
        string typed = result.Tokens[0].Value;
        string? word = words.FirstOrDefault(word => word.Equals(typed, StringComparison.OrdinalIgnoreCase));
        if (word is null)
        {
            result.AddError($"{name} cannot be '{typed}'. Allowed: {string.Join(", ", words.Order(StringComparer.Ordinal))}");
        }

        return word;
    }
}
