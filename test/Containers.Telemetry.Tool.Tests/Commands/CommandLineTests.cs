using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Tool.Tests.Commands;

/// <summary>Parsing of the command line.</summary>
[TestClass]
public sealed class CommandLineTests
{
    public static IEnumerable<string> CommandNames =>
        [
            "status", "enable", "disable", "consent", "reset-id", "show", "report", "export", "fields", "projects", "export-dataset", "flush", "send",
            "purge", "import", "doctor", "preview", "schema", "completion",
        ];

    [TestMethod]
    [DataRow("show", "--outcome", "Success")]
    [DataRow("report", "--format", "JSON")]
    [DataRow("export", "--format", "JsonL")]
    [DataRow("schema", "--format", "Markdown")]
    public void AWordOfAFixedSet_IsUnderstoodInAnyCase(params string[] command)
    {
        using var tool = new ToolInProcess();
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now));

        Assert.AreEqual(tool.Run([.. command.Select(static word => word.ToLowerInvariant())]), tool.Run(command));
        Assert.AreEqual(0, tool.Run(command).ExitCode);
    }

    [TestMethod]
    [DataRow("error: There is no command statsu. Did you mean status? See containers-telemetry --help.", "statsu")]
    [DataRow("error: There is no command frobnicate. See containers-telemetry --help.", "frobnicate")]
    [DataRow("error: There is no command statsu. Did you mean status? See containers-telemetry --help.", "help", "statsu")]
    [DataRow("error: There is no command statsu. Did you mean status? See containers-telemetry --help.", "statsu", "--help")]
    [DataRow("error: The argument chekc is not expected by fleet. Did you mean check? See containers-telemetry fleet --help.", "help", "fleet", "chekc")]
    [DataRow("error: There is no option --lsat of show. Did you mean --last? See containers-telemetry show --help.", "show", "--lsat", "3")]
    [DataRow("error: There is no option --stroe of status. Did you mean --store? See containers-telemetry status --help.", "status", "--stroe=x")]
    [DataRow("error: There is no option --jsno of doctor. Did you mean --json? See containers-telemetry doctor --help.", "doctor", "--jsno")]
    [DataRow("error: The argument all is not expected by status. See containers-telemetry status --help.", "status", "all")]
    [DataRow("error: show came after -- and was not parsed. Remove --. See containers-telemetry --help.", "--", "show")]
    [DataRow("error: --json came after -- and was not parsed. Remove --. See containers-telemetry show --help.", "show", "--", "--json")]
    [DataRow("error: There is no command sohw. Did you mean show? See containers-telemetry --help.", "--", "sohw")]
    [DataRow("error: --last takes a number of publishes. See containers-telemetry show --help.", "show", "--last", "many")]
    [DataRow("error: --last takes a number of publishes. See containers-telemetry show --help.", "show", "--last", "-3")]
    [DataRow("error: --since takes an age such as 30m, 12h, 7d, 2w, 3mo or 1y, a date such as 2026-11-20, today or yesterday. See containers-telemetry show --help.", "show", "--since", "tomorrow")]
    [DataRow("error: --until: The period ends before it begins. See containers-telemetry show --help.", "show", "--since", "2026-11-10", "--until", "2026-11-01")]
    [DataRow("error: --until: The period ends before it begins. See containers-telemetry export --help.", "export", "--format", "csv", "--since", "1h", "--until", "2h")]
    [DataRow("error: --last is about the list, and 4d21f0a3 names one publish. Leave out one of them.", "show", "4d21f0a3", "--last", "3")]
    [DataRow("error: --where is about the list, and 4d21f0a3 names one publish. Leave out one of them.", "show", "--where", "Outcome=error", "4d21f0a3")]
    [DataRow("error: --follow is about the list, and 4d21f0a3 names one publish. Leave out one of them.", "show", "4d21f0a3", "--follow", "--json")]
    [DataRow("error: --name names a project. Add its file.", "projects", "--name", "shop")]
    [DataRow("error: --remove takes the name or the id of a project, and no file. Leave out one of them.", "projects", "src", "--remove", "shop")]
    [DataRow("error: --json prints the list. Leave it out here.", "projects", "src", "--json")]
    [DataRow("error: --all shows all sections, and --by, --compare and --section choose. Leave out one of them.", "report", "--all", "--section", "ci")]
    [DataRow("error: --all shows all sections, and --by, --compare and --section choose. Leave out one of them.", "report", "--all", "--by", "Outcome")]
    [DataRow("error: --fail-if: LastSeen is a day, and a condition compares numbers. Use --since, --until, or --where with Time. See containers-telemetry report --help.", "report", "--fail-if", "LastSeen<2026-11-01")]
    [DataRow("error: --compare: 2027-01-01T00:00:00Z is not within the period, so nothing is on one of its sides. Name a moment between --since and --until. See containers-telemetry report --help.", "report", "--compare", "2027-01-01")]
    [DataRow("error: --compare: 2026-11-01T00:00:00Z is not within the period, so nothing is on one of its sides. Name a moment between --since and --until. See containers-telemetry report --help.", "report", "--since", "2026-11-02", "--compare", "2026-11-01")]
    [DataRow("error: --where: SdkVersion has the order of versions, and 'newest' is none: write one such as 10.0.401. See containers-telemetry report --help.", "report", "--where", "SdkVersion<newest")]
    [DataRow("error: --where: ProjectId cannot be 'cd1': write four or more of its first digits, as show and report print them, or all 32, or a name that containers-telemetry projects lists. See containers-telemetry show --help.", "show", "--where", "ProjectId=cd1")]
    [DataRow("error: --where: AnonymousUserId cannot be 'ada': write four or more of its first digits, as show and report print them, or all 32. See containers-telemetry report --help.", "report", "--where", "AnonymousUserId=ada")]
    [DataRow("error: --where: Duration> has no value to compare with. See containers-telemetry report --help.", "report", "--where", "Duration>")]
    [DataRow("error: --timeout takes a number of seconds. See containers-telemetry flush --help.", "flush", "--timeout", "0")]
    [DataRow("error: --retention-days takes a number of days from 1 to 10000. See containers-telemetry fleet init --help.", "fleet", "init", "clickhouse://localhost/telemetry", "--print", "--retention-days", "long")]
    [DataRow("error: --retention-days takes a number of days from 1 to 10000. See containers-telemetry fleet init --help.", "fleet", "init", "clickhouse://localhost/telemetry", "--print", "--retention-days", "0")]
    [DataRow("error: --timeout takes a number of seconds. See containers-telemetry send --help.", "send", "--since", "7d", "--timeout", "9999999999")]
    [DataRow("error: There is no option --version of status. See containers-telemetry status --help.", "status", "--version")]
    [DataRow("error: There is no option --hel of check. Did you mean --help? See containers-telemetry fleet check --help.", "fleet", "check", "--hel")]
    [DataRow("error: --since needs MOMENT. See containers-telemetry send --help.", "send")]
    [DataRow("error: --store takes a folder. See containers-telemetry purge --help.", "purge", "--yes", "--store", "")]
    [DataRow("error: --property takes a name and a value, such as PublishProfile=DefaultContainer. See containers-telemetry doctor --help.", "doctor", "-p", "PublishProfile")]
    [DataRow("error: --by: There is no name in the list. See containers-telemetry report --help.", "report", "--by", "")]
    [DataRow("error: --section: There is no name in the list. See containers-telemetry report --help.", "report", "--section", ",")]
    [DataRow("error: --epsilon takes a number from 0.01 to 10. See containers-telemetry export-dataset --help.", "export-dataset", "--quarter", "2026Q3", "-o", "x", "--epsilon", "0")]
    [DataRow("error: --epsilon takes a number from 0.01 to 10. See containers-telemetry export-dataset --help.", "export-dataset", "--quarter", "2026Q3", "-o", "x", "--epsilon", "1,5")]
    [DataRow("error: --delta takes a number from 1E-12 to 0.001. See containers-telemetry export-dataset --help.", "export-dataset", "--quarter", "2026Q3", "-o", "x", "--delta", "NaN")]
    [DataRow("error: --quarter takes a year and a quarter, such as 2026Q3.", "export-dataset", "--quarter", "summer", "-o", "x")]
    [DataRow("error: 2027Q1 has not begun. Name a quarter that has ended.", "export-dataset", "--quarter", "2027Q1", "-o", "x", "--include-unfinished")]
    [DataRow("error: 2026Q4 has not ended. Wait until 2027-01-01, or pass --include-unfinished: each row then says so.", "export-dataset", "--quarter", "2026Q4", "-o", "x")]
    [DataRow("error: There is no file or folder @events.", "import", "@events")]
    [DataRow("error: The name of a file or folder is empty. Name one.", "import", "")]
    [DataRow("error: The name of a file or folder is empty. Name one.", "doctor", "")]
    [DataRow("error: No event says that a publish is running. Leave out --events.", "show", "--events", "--outcome", "running")]
    [DataRow("error: --follow prints publishes as they end, and one of this outcome does not. Leave out --follow.", "show", "--follow", "--outcome", "running")]
    [DataRow("error: --outcome cannot be 'failed'. Allowed: canceled, error, running, success, unfinished. See containers-telemetry show --help.", "show", "--outcome", "failed")]
    [DataRow("error: --outcome needs OUTCOME. Allowed: canceled, error, running, success, unfinished. See containers-telemetry show --help.", "show", "--outcome")]
    [DataRow("error: --by needs FIELD[,FIELD]. See containers-telemetry report --help.", "report", "--by")]
    [DataRow("error: --last can be given once. See containers-telemetry show --help.", "show", "-n", "1", "--last", "2")]
    [DataRow("error: --format cannot be 'xml'. Allowed: csv, html, json, markdown, table, tsv. See containers-telemetry report --help.", "report", "--format", "xml")]
    [DataRow("error: SHELL cannot be 'csh'. Allowed: bash, fish, pwsh, zsh. See containers-telemetry completion --help.", "completion", "csh")]
    [DataRow("error: --title names a page or Markdown. Add -o FILE.html or --format markdown.", "report", "--title", "Shop")]
    [DataRow("error: --title is empty. Give a text, or leave it out.", "report", "--title", " ", "--format", "markdown")]
    [DataRow("error: There is no project in ~. Name one: containers-telemetry preview PROJECT.", "preview")]
    [DataRow("error: --property takes a name and a value, such as PublishProfile=DefaultContainer. See containers-telemetry preview --help.", "preview", "-p", "PublishProfile")]
    [DataRow("error: The name of a file or folder is empty. Name one.", "report", "-o", "")]
    [DataRow("error: The name of a file or folder is empty. Name one.", "export-dataset", "--quarter", "2026Q3", "-o", "")]
    public void A_wrong_command_line_gets_one_line_and_exit_code_2(string expected, params string[] arguments)
    {
        using var tool = new ToolInProcess();

        var (exitCode, text) = tool.Run(arguments);

        Assert.AreEqual(expected + "\n", text);
        Assert.AreEqual(2, exitCode);
    }

    [TestMethod]
    [DataRow("Shop.slnx", "<Solution><Project Path=\"src/Shop/Shop.csproj\" /><Project Path=\"src/Bank/Bank.fsproj\" /></Solution>")]
    [DataRow("Shop.sln", "Project(\"{9A19103F}\") = \"Shop\", \"src\\Shop\\Shop.csproj\", \"{1}\"\nProject(\"{9A19103F}\") = \"Bank\", \"src\\Bank\\Bank.fsproj\", \"{2}\"\n")]
    public void Beside_a_solution_its_projects_are_named(string file, string solution)
    {
        using var tool = new ToolInProcess();
        File.WriteAllText(Path.Combine(tool.Home, file), solution);
        const string Rest =
            " is a solution. It has src/Shop/Shop.csproj, src/Bank/Bank.fsproj. Name one of its projects: containers-telemetry doctor src/Shop/Shop.csproj.\n";

        Assert.AreEqual((2, "error: " + file + Rest), tool.Run("doctor"));
        Assert.AreEqual((2, "error: " + file + Rest), tool.Run("doctor", file));
    }

    [TestMethod]
    public void A_suggested_project_is_named_as_it_can_be_typed()
    {
        using var tool = new ToolInProcess();
        string folder = Directory.CreateDirectory(Path.Combine(tool.Home, "my shop")).FullName;
        File.WriteAllText(Path.Combine(folder, "Shop.slnx"), "<Solution><Project Path=\"api/Shop.csproj\" /></Solution>");
        string quote = OperatingSystem.IsWindows() ? "\"" : "'";

        Assert.EndsWith($"Name one of its projects: containers-telemetry doctor {quote}my shop/api/Shop.csproj{quote}.\n", tool.Run("doctor", "my shop").Text);

        File.WriteAllText(Path.Combine(folder, "Shop.csproj"), "");
        File.WriteAllText(Path.Combine(folder, "Bank.csproj"), "");

        Assert.EndsWith($"Name one: containers-telemetry doctor {quote}my shop/Bank.csproj{quote}.\n", tool.Run("doctor", "my shop").Text);
    }

    [TestMethod]
    [DataRow("import", "PATH")]
    [DataRow("doctor", "PATH")]
    [DataRow("report", "-o", "PATH")]
    [DataRow("export-dataset", "--quarter", "2026Q3", "-o", "PATH")]
    [DataRow("status", "--store", "PATH")]
    [DataRow("show", "--store", "PATH")]
    [DataRow("report", "--store", "PATH")]
    [DataRow("flush", "--store", "PATH")]
    [DataRow("purge", "--yes", "--store", "PATH")]
    public void A_path_that_is_too_long_gets_one_line_and_exit_code_2(params string[] arguments)
    {
        using var tool = new ToolInProcess();
        // Longer than any system supports.
        string path = string.Concat(Enumerable.Repeat("long/", 10_000)) + "agent.json";

        var (exitCode, text) = tool.Run([.. arguments.Select(argument => argument == "PATH" ? path : argument)]);

        Assert.AreEqual($"error: The path of {path} is longer than this system allows. Use a shorter one.\n", text);
        Assert.AreEqual(2, exitCode);
    }

    [TestMethod]
    [DataRow("show", "--outcome", "good")]
    [DataRow("schema", "--format", "xml")]
    [DataRow("completion", "tcsh")]
    [DataRow("completion")]
    [DataRow("import")]
    [DataRow("import", "absent.jsonl")]
    [DataRow("doctor", "absent")]
    [DataRow("purge", "--before")]
    public void A_wrong_value_gets_one_line_and_exit_code_2(params string[] arguments)
    {
        using var tool = new ToolInProcess();

        var (exitCode, text) = tool.Run(arguments);

        Assert.AreEqual(2, exitCode);
        Assert.AreEqual(1, text.Count(character => character == '\n'), text);
        Assert.StartsWith("error: ", text);
    }

    [TestMethod]
    [DynamicData(nameof(CommandNames))]
    public void Every_command_has_help_with_examples_and_exit_codes(string command)
    {
        using var tool = new ToolInProcess { Width = 80 };

        var (exitCode, text) = tool.Run(command, "--help");

        Assert.AreEqual(0, exitCode);
        Assert.Contains($"\nUsage:\n  containers-telemetry {command} ", text);
        Assert.Contains($"\nExamples:\n  containers-telemetry {command}", text);
        Assert.Contains("\nExit codes:\n  0   done\n", text);
    }

    [TestMethod]
    [DataRow("bash")]
    [DataRow("zsh")]
    [DataRow("fish")]
    [DataRow("pwsh")]
    public void Help_the_script_and_the_page_load_completion_in_the_same_way(string shell)
    {
        using var tool = new ToolInProcess { Width = 120 };
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "tool.md"));

        string line = tool.Run("completion", shell).Text.Split('\n').First(text => text.StartsWith("#   ", StringComparison.Ordinal))[4..];

        Assert.Contains($"\n  {line}\n", tool.Run("completion", "--help").Text);
        Assert.Contains($"\n{line}", page);
    }

    [TestMethod]
    [DynamicData(nameof(CommandNames))]
    public void Help_lists_every_command(string command)
    {
        using var tool = new ToolInProcess();

        Assert.Contains($"\n  {command} ", tool.Run("--help").Text);
    }

    [TestMethod]
    [DataRow("yesterday", "2026-11-18T23:00:00Z")]
    [DataRow("7d", "2026-11-13T09:30:00Z")]
    [DataRow("90m", "2026-11-20T08:00:00Z")]
    [DataRow("2w", "2026-11-06T09:30:00Z")]
    [DataRow("2026-11-19", "2026-11-18T23:00:00Z")]
    [DataRow("2026-11-19T12:00", "2026-11-19T11:00:00Z")]
    [DataRow("2026-11-19T12:00Z", "2026-11-19T12:00:00Z")]
    [DataRow("2026-11-19T12:00:30-05:00", "2026-11-19T17:00:30Z")]
    public void A_moment_is_an_age_a_local_date_or_a_time(string text, string expected)
    {
        using var tool = new ToolInProcess { UtcOffset = TimeSpan.FromHours(1) };
        DateTimeOffset moment = DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture);
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(moment.AddMilliseconds(-1)), SampleEvents.Error(moment, 2));

        string shown = tool.Run("show", "--since", text).Text;

        Assert.Contains("credential_failure", shown);
        Assert.DoesNotContain("success", shown);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("d")]
    [DataRow("-1d")]
    [DataRow("1.5d")]
    [DataRow("2000000000w")]
    [DataRow("11/20/2026")]
    [DataRow("20.11.2026")]
    public void Other_texts_are_no_moments(string text)
    {
        using var tool = new ToolInProcess();

        var (exitCode, message) = tool.Run("show", "--since", text);

        Assert.AreEqual(2, exitCode);
        Assert.Contains("--since takes an age such as 30m, 12h, 7d, 2w, 3mo or 1y, a date such as 2026-11-20, today or yesterday", message);
    }
}
