using System.Globalization;
using System.Runtime.Versioning;
using System.Security;
using System.Text;
using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.Tool.Consenting;

namespace Containers.Telemetry.Package.Tests;

/// <summary>
/// The consent table in three forms: the package's targets, the rules in code, and this test. All agree on every combination. The targets read
/// variables as properties, so one process can test all combinations.
/// </summary>
[TestClass]
public sealed class ConsentTableTests
{
    private const string StrangeName = "it's $(a) %41;b @(c) home";

    private static readonly string?[] Properties = [null, "true", "False", "perhaps"];
    // One word of each meaning. Another test shows that all words of a meaning give the same result.
    private static readonly string?[] OptOuts = [null, "TRUE", "0", "perhaps"];
    private static readonly string?[] CliOptOuts = [null, "Yes", "0", "perhaps"];
    private static readonly string?[] DoNotTracks = [null, "1", "0"];
    private static readonly string?[] Consents = [null, "Required", "perhaps"];

    [TestMethod]
    [DataRow(null, ConsentChoice.None)]
    [DataRow("enabled", ConsentChoice.Enabled)]
    [DataRow("disabled", ConsentChoice.Disabled)]
    [DataRow("enabled disabled", ConsentChoice.Disabled)]
    [DataRow("perhaps", ConsentChoice.None)]
    public async Task First_rule_that_applies_decides(string? stored, ConsentChoice choice)
    {
        Row[] rows =
        [
            .. from property in Properties
               from optOut in OptOuts
               from cliOptOut in CliOptOuts
               from doNotTrack in DoNotTracks
               from consent in Consents
               select new Row(property, optOut, cliOptOut, doNotTrack, consent),
        ];

        string[] decisions = await EvaluateAsync(stored, rows);

        AssertAgree(rows, decisions, row => Describe(ConsentRules.Decide(row.Inputs(choice))));
        AssertAgree(
            rows,
            decisions.Select(decision => decision[..decision.IndexOf(" by", StringComparison.Ordinal)]),
            row => Decide(row, stored?.Split(' ')[^1]) ? "on" : "off");
    }

    /// <summary>A file that root has created, or that its owner may not read, must not fail the build.</summary>
    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    [DataRow("enabled", "on by the stored choice, true")]
    [DataRow("disabled", "off by the stored choice, false")]
    public async Task Choice_counts_where_its_file_cannot_be_read(string stored, string decision)
    {
        using var home = new TemporaryFolder();
        string folder = Directory.CreateDirectory(home.Combine("containers-telemetry")).FullName;
        string file = Path.Combine(folder, "consent-" + stored);
        await File.WriteAllTextAsync(file, "");
        File.SetUnixFileMode(file, UnixFileMode.None);
        var row = new Row(null, null, null, null, null);

        string[] decisions = await EvaluateAsync([row], environment => environment.With("XDG_CONFIG_HOME", home.Path));

        AssertAgree([row], decisions, _ => decision);
    }

    /// <summary>All words of each meaning, and values that MSBuild could misread or treat as equal to another.</summary>
    [TestMethod]
    public async Task Targets_and_code_read_each_value_alike()
    {
        string[] words =
        [
            "1", "true", "TRUE", "yes", "Yes", "0", "false", "False", "no", "NO", "on", "off", "0x1", "01", "1.0", "-0", "!false", "!true", " true ",
            "\t1", "|", "|1|", "true|yes", "1|true", "||", "it's", "\"", ",", ")", "$(X)", "@(X)", "%(X)", "%31", "a;b", "",
            " ", "required", "REQUIRED ", "\u0130", "tru\u0435",
        ];
        Row[] rows =
        [
            .. words.Select(word => new Row(word, null, null, null, null)),
            .. words.Select(word => new Row(null, word, null, null, null)),
            .. words.Select(word => new Row(null, null, word, null, null)),
            .. words.Select(word => new Row(null, null, null, word, null)),
            .. words.Select(word => new Row(null, null, null, null, word)),
        ];

        string[] decisions = await EvaluateAsync(stored: null, rows);

        AssertAgree(rows, decisions, row => Describe(ConsentRules.Decide(row.Inputs(ConsentChoice.None))));
    }

    [TestMethod]
    [DataRow(null, DisplayName = "no home")]
    [DataRow("gone", DisplayName = "a home that is not there")]
    [DataRow(StrangeName, DisplayName = "a home of a strange name")]
    [DataRow("folder", DisplayName = "a folder in place of the file")]
    public async Task User_without_a_choice_is_no_error(string? home)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Combine("folder", ".config", "containers-telemetry", "consent-disabled"));
        Directory.CreateDirectory(folder.Combine(StrangeName, ".config"));
        var row = new Row(null, null, null, null, null);

        string[] decisions = await EvaluateAsync(
            [row], environment => environment.With("HOME", home is null ? null : folder.Combine(home)).With("APPDATA", null));

        AssertAgree([row], decisions, _ => "on by the default, true");
    }

    [TestMethod]
    public async Task Choice_is_found_in_a_home_folder_with_special_characters()
    {
        using var folder = new TemporaryFolder();
        string home = folder.Combine(StrangeName);
        Assert.IsTrue(StoredConsent.Write(new(Path.Combine(home, "containers-telemetry")), ConsentChoice.Disabled));
        var row = new Row(null, null, null, null, null);

        string[] decisions = await EvaluateAsync([row], environment => environment.With("XDG_CONFIG_HOME", home).With("APPDATA", home));

        AssertAgree([row], decisions, _ => "off by the stored choice, false");
    }

    private static void AssertAgree(Row[] rows, IEnumerable<string> decisions, Func<Row, string> expect)
    {
        string[] actual = [.. decisions];
        Assert.HasCount(rows.Length, actual);
        string[] wrong =
        [
            .. rows.Zip(actual)
                .Where(pair => pair.Second != expect(pair.First))
                .Select(pair => $"{pair.First}: {pair.Second} rather than {expect(pair.First)}"),
        ];
        Assert.IsEmpty(wrong, string.Join('\n', wrong.Take(20)));
    }

    private static string Describe(ConsentRule rule) => rule.IsOn ? $"on by {rule.Name}, true" : $"off by {rule.Name}, false";

    /// <summary>The rules of the design, written independently of the table.</summary>
    private static bool Decide(Row row, string? stored)
    {
        switch (row.Property)
        {
            case "true":
                return true;
            case "False":
                return false;
        }

        switch (row.OptOut)
        {
            case "TRUE":
                return false;
            case "0":
                return true;
        }

        bool elsewhereOptedOut = row.CliOptOut is "Yes" || row.DoNotTrack is "1";
        return stored switch
        {
            "enabled" => true,
            "disabled" => false,
            _ => !elsewhereOptedOut && row.Consent is null,
        };
    }

    private static async Task<string[]> EvaluateAsync(string? stored, Row[] rows)
    {
        using var config = new TemporaryFolder();
        Directory.CreateDirectory(config.Combine("containers-telemetry"));
        foreach (string choice in stored?.Split(' ') ?? [])
        {
            await File.WriteAllTextAsync(config.Combine("containers-telemetry", $"consent-{choice}"), "");
        }

        return await EvaluateAsync(rows, environment => environment.With("XDG_CONFIG_HOME", config.Path).With("APPDATA", config.Path));
    }

    private static async Task<string[]> EvaluateAsync(Row[] rows, Func<DotnetEnvironment, DotnetEnvironment> surround)
    {
        using var folder = new TemporaryFolder();
        string asked = folder.Combine("asked.proj");
        string targets = Path.Combine(Repository.Root, "build", "Containers.Telemetry.targets");

        // A placeholder for the task assembly, which is never loaded. Without it the package would count as broken.
        await File.WriteAllTextAsync(folder.Combine("Containers.Telemetry.dll"), "");
        await File.WriteAllTextAsync(
            asked,
            $"""
            <Project>
              <PropertyGroup><_ContainersTelemetryTaskFolder>{folder.Path}/</_ContainersTelemetryTaskFolder></PropertyGroup>
              <Import Project="{targets}" />
              <Target Name="Tell" Returns="$(_ContainersTelemetryConsent) by $(_ContainersTelemetryConsentRule), $(ContainersTelemetryEnabled)" />
            </Project>
            """);

        var batch = new StringBuilder();
        foreach (Row row in rows)
        {
            string properties = SecurityElement.Escape(string.Join(';', row.Settings().Select(setting => $"{setting.Name}={Escape(setting.Value)}")));
            batch.Append(CultureInfo.InvariantCulture, $"""<MSBuild Projects="{asked}" Targets="Tell" Properties="{properties}">""");
            batch.Append("""<Output TaskParameter="TargetOutputs" ItemName="Decision" /></MSBuild>""");
        }

        string asking = folder.Combine("asking.proj");
        string decisions = folder.Combine("decisions");
        await File.WriteAllTextAsync(
            asking,
            $"""<Project><Target Name="Ask">{batch}<WriteLinesToFile File="{decisions}" Lines="@(Decision)" /></Target></Project>""");
        var command = new DotnetCommand("msbuild", asking, "-m:1")
        {
            Environment = surround(
                DotnetEnvironment.ForUser(folder.Combine("home"), folder.Combine("packages")).WithoutUnneededWork().WithTelemetryUndecided()),
            WorkingDirectory = folder.Path,
        };
        (await command.RunAsync()).EnsureSuccess();
        return await File.ReadAllLinesAsync(decisions);
    }

    /// <summary>Escapes a value, so that MSBuild reads it unchanged.</summary>
    private static string Escape(string value) =>
        string.Concat(
            value.Select(c => char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c) ? string.Create(CultureInfo.InvariantCulture, $"%{(int)c:X2}") : c.ToString()));

    /// <summary>The values of one row; null for one that is not set.</summary>
    private sealed record Row(string? Property, string? OptOut, string? CliOptOut, string? DoNotTrack, string? Consent)
    {
        public ConsentInputs Inputs(ConsentChoice stored) => new()
        {
            Property = Property,
            OptOutVariable = OptOut,
            StoredChoice = stored,
            CliOptOutVariable = CliOptOut,
            DoNotTrackVariable = DoNotTrack,
            ConsentProperty = Consent,
        };

        // The last setting has no effect. With it each call of the MSBuild task has a global property, and so builds a project of its own.
        public IEnumerable<(string Name, string Value)> Settings() =>
            from setting in new[]
            {
                ("ContainersTelemetry", Property),
                ("CONTAINERS_TELEMETRY_OPTOUT", OptOut),
                ("DOTNET_CLI_TELEMETRY_OPTOUT", CliOptOut),
                ("DO_NOT_TRACK", DoNotTrack),
                ("ContainersTelemetryConsent", Consent),
                ("ContainersTelemetryEnabled", "set by somebody else"),
            }
            where setting.Item2 is not null
            select (setting.Item1, setting.Item2);
    }
}
