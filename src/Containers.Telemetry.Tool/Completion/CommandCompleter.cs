using System.CommandLine.Completions;
using Containers.Telemetry.Tool.CommandLine;

namespace Containers.Telemetry.Tool.Completion;

/// <summary>Completes a command line. The scripts for the shells ask it by <c>containers-telemetry __complete COUNT WORD…</c>.</summary>
internal sealed class CommandCompleter(Command root)
{
    /// <summary>The hidden word that asks for completions.</summary>
    public const string Verb = "__complete";

    // What help calls a value that is a file or a folder.
    private static readonly string[] Files = ["DIR", "FILE", "FOLDER", "PROJECT"];

    /// <summary>Whether the word at the cursor is the name of a file or a folder, which the shell completes.</summary>
    public bool IsFile { get; private set; }

    /// <summary>Returns the values that may complete the word at the cursor: one per line, followed by a tab and its meaning.</summary>
    /// <param name="words">
    /// The number of whole words before the cursor, those words, and the beginning of the word at the cursor, which may be left out where it is
    /// empty: some shells cannot pass an empty argument.
    /// </param>
    public IEnumerable<string> Complete(ReadOnlySpan<string> words)
    {
        if (words.IsEmpty || !int.TryParse(words[0], out int count) || count < 0 || count > words.Length - 1)
        {
            return [];
        }

        List<string> joined = Join([.. words.Slice(1, count), count + 1 < words.Length ? words[count + 1] : ""], out int typedBefore);
        string current = joined[^1];
        Command command = root;
        Option? waiting = null;
        foreach (string word in joined.SkipLast(1))
        {
            if (waiting is not null)
            {
                waiting = null;
                continue;
            }

            waiting = OptionThatTakesValue(command, word);
            command = command.Subcommands.FirstOrDefault(subcommand => subcommand.Name == word) ?? command;
        }

        return Candidates(command, waiting, current)
            .Where(candidate => candidate.Value.StartsWith(current, StringComparison.Ordinal))
            .Select(candidate => candidate with { Value = candidate.Value[typedBefore..] })
            .Select(candidate => candidate.Text is null ? candidate.Value : candidate.Value + "\t" + candidate.Text);
    }

    /// <summary>Joins what bash splits: the sign between an option and its value, and within a value, is a separate word there.</summary>
    /// <param name="typedBefore">The length of the last joined word before the word at the cursor, which is all that the shell replaces.</param>
    private static List<string> Join(ReadOnlySpan<string> words, out int typedBefore)
    {
        const string Sign = "=";
        var joined = new List<string>();
        bool isAfterSign = false;
        typedBefore = 0;
        foreach (string word in words)
        {
            if (joined.Count > 0 && (isAfterSign || word == Sign))
            {
                typedBefore = joined[^1].Length + (word == Sign ? Sign.Length : 0);
                joined[^1] += word;
            }
            else
            {
                typedBefore = 0;
                joined.Add(word);
            }

            isAfterSign = word == Sign;
        }

        return joined;
    }

    private IEnumerable<(string Value, string? Text)> Candidates(Command command, Option? waiting, string current)
    {
        if (waiting is not null)
        {
            IsFile = IsFileName(waiting.HelpName);
            return ValuesOf(waiting, "", current);
        }

        if (current.IndexOf('=') is > 0 and int sign && OptionThatTakesValue(command, current[..sign]) is { } option)
        {
            IsFile = IsFileName(option.HelpName);
            return ValuesOf(option, current[..(sign + 1)], current[(sign + 1)..]);
        }

        IsFile = !current.StartsWith('-') && command.Arguments.Any(static argument => IsFileName(argument.HelpName ?? argument.Name));
        return current.StartsWith('-')
            ? ToolCommand.OptionsOf(command).Where(option => !option.Hidden).Select(option => (option.Name, option.Description))
            : command.Subcommands.Where(subcommand => !subcommand.Hidden).Select(subcommand => (subcommand.Name, subcommand.Description))
                .Concat(command.Arguments.SelectMany(argument => Values(argument.GetCompletions(CompletionContext.Empty))));
    }

    // In a comma-separated list, the last name is completed, and the names before it are not offered again. The list of a filter follows its field.
    private static IEnumerable<(string Value, string? Text)> ValuesOf(Option option, string before, string current)
    {
        string start = current[..(current.LastIndexOf(',') + 1)];
        string field = start[..(start.IndexOf('=') + 1)];
        string[] given = start[field.Length..].Split(',', StringSplitOptions.RemoveEmptyEntries);
        return Values(option.GetCompletions(CompletionContext.Empty))
            .Where(value => value.Value.StartsWith(field, StringComparison.Ordinal))
            .Select(value => value with { Value = value.Value[field.Length..] })
            .Where(value => value.Value.Length > 0 && !given.Contains(value.Value, StringComparer.OrdinalIgnoreCase))
            .Select(value => value with { Value = before + start + value.Value });
    }

    private static IEnumerable<(string Value, string? Text)> Values(IEnumerable<CompletionItem> items) =>
        items.Select(item => (item.InsertText ?? item.Label, item.Detail));

    private static bool IsFileName(string? value) => value is not null && value.Split('|').Intersect(Files).Any();

    private static Option? OptionThatTakesValue(Command command, string word) =>
        ToolCommand.OptionsOf(command).FirstOrDefault(option =>
            option.ValueType != typeof(bool) && option.HelpName is not null && (option.Name == word || option.Aliases.Contains(word)));
}
