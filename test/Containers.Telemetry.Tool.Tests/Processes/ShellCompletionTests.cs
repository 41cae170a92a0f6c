using System.Diagnostics;
using System.Runtime.Versioning;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Tool.Tests.Processes;

/// <summary>Loads each completion script in its shell, and reads the shell's completions.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
[UnsupportedOSPlatform("windows")]
public sealed class ShellCompletionTests
{
    private const string Program = "containers-telemetry";
    private const string LineMark = "== ";
    private const string PowerShell = "Containers.Telemetry.PowerShell";

    /// <summary>The typed text, and the completions that the shell must offer.</summary>
    private static readonly (string Line, string[] Offered)[] Cases =
    [
        ("re", ["report", "reset-id"]),
        ("show --la", ["--last"]),
        ("show --outcome ", ["canceled", "error", "running", "success", "unfinished"]),
        ("completion z", ["zsh"]),
        ("--store some/folder pur", ["purge"]),
        ("--store show re", ["report", "reset-id"]),
        ("report --format ", ["csv", "html", "json", "markdown", "table", "tsv"]),
        ("report --section fa", ["failures", "families"]),
        ("report --by Sd", ["SdkVersion"]),
        ("show --since ", []),
        ("show --nothing", []),
        ("report --by SdkVersion,Out", ["SdkVersion,Outcome"]),
        ("report --where Outcome=e", ["Outcome=error"]),
        ("report --by ", [.. ReportField.All.Where(field => field.CanGroup).Select(field => field.Name)]),
    ];

    [TestMethod]
    public async Task Bash_offers_commands_options_and_values()
    {
        const string Script =
            """
            source <(containers-telemetry completion bash)
            complete -p containers-telemetry | grep -q -- '-F _containers_telemetry' || echo "The function is not in use."
            compopt() { noFiles=$*; }
            offer() {
                COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)) noFiles=; _containers_telemetry
                printf '%s\n' "${COMPREPLY[@]}"
                [[ $noFiles == '+o default' ]] || echo files
            }
            while IFS= read -r line; do
                echo "== $line"
                words=($line)
                [[ $line == *' ' ]] && words+=('')
                offer "${words[@]}"
            done <<< "$LINES_TO_COMPLETE"
            """;

        // Bash also splits words at an equals sign.
        await AssertOffersAsync(
            "bash",
            ["--norc", "-c", Script],
            [
                ("import ag", ["files"]),
                ("report --format = j", ["json"]),
                ("report --format =", ["csv", "html", "json", "markdown", "table", "tsv"]),
                ("report --where Outcome = e", ["error"]),
                ("report --where Outcome =", ["canceled", "error", "running", "success", "unfinished"]),
                ("report --where = Outcome = error,c", ["error,canceled"]),
                ("report --where Outcome = error --by Sd", ["SdkVersion"]),
                ("report --where 'Outcome=e", ["Outcome=error"]),
                ("report --where \"Outcome=error,c", ["Outcome=error,canceled"]),
            ]);
    }

    [TestMethod]
    public async Task Zsh_offers_commands_options_values_and_files()
    {
        // The shell runs in a terminal of its own. A replaced compadd records all completions. Input starts only when the line editor is ready.
        const string Script =
            """
            zmodload zsh/zpty
            zpty shell zsh -f -i
            step() { zpty -w shell "$1; print DO''NE$2"; zpty -r shell output "*DONE$2*EDITOR*"; }
            step 'PROMPT=; unsetopt auto_list; zle-line-init() { print -n EDITOR }; zle -N zle-line-init' 0
            step 'autoload -Uz compinit; compinit -u -D; source <(containers-telemetry completion zsh)' 1
            step 'compadd() { [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]] || { local -a offers; builtin compadd -A offers "$@"; print -rl -- $offers >> offers.txt }; builtin compadd "$@" }' 2
            step 'bindkey "^I" complete-word' 3
            n=3
            while IFS= read -r line; do
                print -r -- "== $line" >> offers.txt
                zpty -w -n shell "$line"$'\t\x15'
                step : $((++n))
            done <<< "$LINES_TO_COMPLETE"
            zpty -d shell
            cat offers.txt
            """;

        await AssertOffersAsync("zsh", ["-f", "-c", Script], [("report --format=j", ["--format=json"]), ("import ag", ["agent.jsonl"])]);
    }

    [TestMethod]
    public async Task Fish_offers_commands_options_values_and_files()
    {
        const string Script =
            """
            containers-telemetry completion fish | source
            for line in (string split \n -- $LINES_TO_COMPLETE)
                echo "== $line"
                complete -C $line | string replace -r '\t.*' ''
            end
            """;

        await AssertOffersAsync("fish", ["--no-config", "-c", Script], [("report --format=j", ["--format=json"]), ("import ag", ["agent.jsonl"])]);
    }

    [TestMethod]
    public async Task PowerShell_completes_commands_options_values_and_files()
    {
        // Prints each completion of PowerShell as the resulting line.
        const string Script =
            """
            Set-StrictMode -Version Latest
            Set-Alias telemetry containers-telemetry
            containers-telemetry completion pwsh | Out-String | Invoke-Expression
            foreach ($line in $env:LINES_TO_COMPLETE -split "`n") {
                "== $line"
                $cursor = $line.IndexOf('^')
                $typed = if ($cursor -lt 0) { $line } else { $line.Remove($cursor, 1) }
                $completion = TabExpansion2 $typed ($cursor -lt 0 ? $typed.Length : $cursor)
                foreach ($match in $completion.CompletionMatches) {
                    $typed.Remove($completion.ReplacementIndex, $completion.ReplacementLength).Insert($completion.ReplacementIndex, $match.CompletionText)
                }
            }
            """;

        // The mark ^ is the position of the cursor; without one it is at the end of the line.
        (string Line, string[] Completed)[] more =
        [
            ($"{Program} sh^ --last 3", [$"{Program} show --last 3"]),
            ($"{Program} report --format t^able --since 3d", [$"{Program} report --format table --since 3d", $"{Program} report --format tsv --since 3d"]),
            (
                $"{Program} show --outcome ^ | Out-Null",
                [.. new[] { "canceled", "error", "running", "success", "unfinished" }.Select(outcome => $"{Program} show --outcome {outcome} | Out-Null")]),
            ($"Get-Date; $events = {Program} sh", [$"Get-Date; $events = {Program} show"]),
            ($"{Program} show --outcome \"er", [$"{Program} show --outcome \"error\""]),
            ($"{Program} show --outcome 'e^r' --json", [$"{Program} show --outcome 'error' --json"]),
            ($"{Program} \"report\" --for", [$"{Program} \"report\" --format"]),
            ($"{Program} --store \"my fleet\" pur", [$"{Program} --store \"my fleet\" purge"]),
            ($"{Program} --store my` fleet pur", [$"{Program} --store my` fleet purge"]),
            ($"{Program} --store *[a] pur", [$"{Program} --store *[a] purge"]),
            ($"{Program} comp`letion z", [$"{Program} comp`letion zsh"]),
            ($"{Program} re*", []),
            ($"{Program} re[", []),
            ($"{Program} report --format=j", [$"{Program} report --format=json"]),
            ($"{Program} report --by SdkVersion,Sd", []),
            ($"{Program} report --by SdkVersion, Out", [$"{Program} report --by SdkVersion, Outcome"]),
            ($"{Program} report --by=SdkVersion,Out", [$"{Program} report --by=SdkVersion,Outcome"]),
            ($"{Program} report --by \"SdkVersion,Out", [$"{Program} report --by \"SdkVersion,Outcome\""]),
            (
                $"{Program} report --section failures, ^ --since 3d",
                [.. SectionIds.All.Where(id => id != "failures").Select(id => $"{Program} report --section failures, {id} --since 3d")]),
            ($"{Program} import ag", [$"{Program} import ./agent.jsonl"]),
            ("telemetry sh", ["telemetry show"]),
            ($"./{Program} sh", [$"./{Program} show"]),
            ($"& './my tools/{Program}' sh", [$"& './my tools/{Program}' show"]),
            ($"./absent/{Program} sh", []),
        ];
        string assembly = typeof(ShellCompletionTests).Assembly.Location;
        string configuration = Path.GetFileName(Path.GetDirectoryName(assembly)!);
        string shell = Path.Combine(Path.GetDirectoryName(assembly)!, "..", "..", PowerShell, configuration, PowerShell + ".dll");

        await AssertOffersOfProgramAsync(
            DotnetHost.Path,
            [shell, "-NoProfile", "-NonInteractive", "-Command", Script],
            [
                .. Cases.Select(
                    one => ($"{Program} {one.Line}", one.Offered.Select(word => $"{Program} {one.Line[..(one.Line.LastIndexOf(' ') + 1)]}{word}").ToArray())),
                .. more,
            ]);
    }

    private static Task AssertOffersAsync(string shell, string[] arguments, (string Line, string[] Offered)[] more)
    {
        if (ProgramOnPath.Find(shell) is not { } path)
        {
            Assert.Inconclusive($"There is no {shell} on this machine.");
            return Task.CompletedTask;
        }

        return AssertOffersOfProgramAsync(path, arguments, [.. Cases.Concat(more).Select(one => ($"{Program} {one.Line}", one.Offered))]);
    }

    private static async Task AssertOffersOfProgramAsync(string shell, string[] arguments, (string Line, string[] Offered)[] cases)
    {
        using var tool = new ToolProcess();
        await File.WriteAllTextAsync(Path.Combine(tool.Folder, "agent.jsonl"), "");
        string program = Path.Combine(tool.Folder, Program);
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec '{DotnetHost.Path}' '{ToolProcess.Assembly}' \"$@\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.Copy(program, Path.Combine(Directory.CreateDirectory(Path.Combine(tool.Folder, "my tools")).FullName, Program));
        tool.Environment = tool.Environment
            .With("PATH", tool.Folder + Path.PathSeparator + tool.Environment.Variables["PATH"])
            .With("LINES_TO_COMPLETE", string.Join('\n', cases.Select(one => one.Line)));

        using Process process = tool.Start(shell, arguments);
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string text = await process.StandardOutput.ReadToEndAsync();

        string[] offers = text.ReplaceLineEndings("\n").Split(LineMark, StringSplitOptions.RemoveEmptyEntries);
        Assert.HasCount(cases.Length, offers, text + await error);
        foreach (var ((line, offered), offer) in cases.Zip(offers))
        {
            string[] lines = offer.Split('\n');
            Assert.AreEqual(line, lines[0]);
            Assert.AreSequenceEqual(offered.Order(StringComparer.Ordinal), lines.Skip(1).Where(value => value.Length > 0).Order(StringComparer.Ordinal), offer);
        }
    }
}
