using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Tool.Consenting;

/// <summary>The rules that decide whether anything is collected. The first that applies wins.</summary>
/// <remarks>In a build the package's targets decide by the same rules, so that "off" loads no assembly. Tests compare the two.</remarks>
public static class ConsentRules
{
    private const string CliOptOut = "DOTNET_CLI_TELEMETRY_OPTOUT";

    /// <summary>The rules in order. The last one always applies.</summary>
    public static readonly ConsentRule[] All =
    [
        new(1, ConsentSource.Property, ["true", "yes", "on"], IsOn: true),
        new(1, ConsentSource.Property, ["false", "no", "off"], IsOn: false),
        new(2, ConsentSource.OptOutVariable, ["1", "true", "yes", "on"], IsOn: false),
        new(2, ConsentSource.OptOutVariable, ["0", "false", "no", "off"], IsOn: true),
        new(3, ConsentSource.StoredChoice, ["enabled"], IsOn: true),
        new(3, ConsentSource.StoredChoice, ["disabled"], IsOn: false),
        new(4, ConsentSource.CliOptOutVariable, ["1", "true", "yes", "on"], IsOn: false),
        new(4, ConsentSource.DoNotTrackVariable, ["1", "true", "yes", "on"], IsOn: false),

        // "Required", and any other word: a typo must not turn on telemetry that needs consent.
        new(5, ConsentSource.ConsentProperty, [], IsOn: false),
        new(5, ConsentSource.Default, [], IsOn: true),
    ];

    /// <summary>The rule that decides, outside of any project, for a user who has stored a choice.</summary>
    public static ConsentRule Decide(IMachineEnvironment machine, ConsentChoice choice) => Decide(new ConsentInputs
    {
        CliOptOutVariable = machine.GetVariable(CliOptOut),
        DoNotTrackVariable = machine.GetVariable("DO_NOT_TRACK"),
        OptOutVariable = machine.GetVariable("CONTAINERS_TELEMETRY_OPTOUT"),
        StoredChoice = choice,
    });

    /// <summary>Whether the variable of the .NET CLI says that it sends nothing.</summary>
    public static bool IsCliOptedOut(IMachineEnvironment machine) =>
        Decide(new ConsentInputs { CliOptOutVariable = machine.GetVariable(CliOptOut) }).Source is ConsentSource.CliOptOutVariable;

    public static ConsentRule Decide(ConsentInputs inputs) => Array.Find(All, rule => rule.Applies(inputs))!;
}

/// <summary>One row of the consent table.</summary>
/// <param name="Step">Rank among the rules; rows of one rank look at different values, or at settings that say the same.</param>
/// <param name="Source">What the rule looks at.</param>
/// <param name="Values">The values it applies to, in any case and with any white space around; empty for any value at all.</param>
/// <param name="IsOn">Whether telemetry is on when the rule applies.</param>
public sealed record ConsentRule(int Step, ConsentSource Source, string[] Values, bool IsOn)
{
    /// <summary>Names what decided, as the preview and the targets do.</summary>
    public string Name => Source switch
    {
        ConsentSource.Property => "the property ContainersTelemetry",
        ConsentSource.OptOutVariable => "the environment variable CONTAINERS_TELEMETRY_OPTOUT",
        ConsentSource.StoredChoice => "the stored choice",
        ConsentSource.CliOptOutVariable => "the environment variable DOTNET_CLI_TELEMETRY_OPTOUT",
        ConsentSource.DoNotTrackVariable => "the environment variable DO_NOT_TRACK",
        ConsentSource.ConsentProperty => "the property ContainersTelemetryConsent",
        _ => "the default",
    };

    public bool Applies(ConsentInputs inputs)
    {
        string text = inputs.TextOf(Source)?.Trim() ?? "";
        return Source is ConsentSource.Default
            || (Values.Length == 0 ? text.Length > 0 : Array.Exists(Values, value => text.Equals(value, StringComparison.OrdinalIgnoreCase)));
    }
}

/// <summary>The inputs of the consent rules, of which <see cref="ConsentRule.Name"/> names each. A setting that is not set is null or empty.</summary>
public sealed record ConsentInputs
{
    public string? Property { get; init; }

    public string? OptOutVariable { get; init; }

    public ConsentChoice StoredChoice { get; init; }

    public string? CliOptOutVariable { get; init; }

    public string? DoNotTrackVariable { get; init; }

    public string? ConsentProperty { get; init; }

    internal string? TextOf(ConsentSource source) => source switch
    {
        ConsentSource.Property => Property,
        ConsentSource.OptOutVariable => OptOutVariable,
        ConsentSource.StoredChoice => StoredConsent.TextOf(StoredChoice),
        ConsentSource.CliOptOutVariable => CliOptOutVariable,
        ConsentSource.DoNotTrackVariable => DoNotTrackVariable,
        ConsentSource.ConsentProperty => ConsentProperty,
        _ => null,
    };
}

/// <summary>What a consent rule looks at; see <see cref="ConsentRule.Name"/>.</summary>
public enum ConsentSource
{
    Property,
    OptOutVariable,
    StoredChoice,
    CliOptOutVariable,
    DoNotTrackVariable,
    ConsentProperty,

    /// <summary>There is no setting and no stored choice.</summary>
    Default,
}
