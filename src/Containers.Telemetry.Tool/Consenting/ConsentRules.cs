using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Tool.Consenting;

/// <summary>The rules that decide whether anything is collected. The first that applies wins.</summary>
/// <remarks>In a build the package's targets decide by the same rules, so that "off" loads no assembly. Tests compare the two.</remarks>
public static class ConsentRules
{
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
        CliOptOutVariable = machine.GetVariable("DOTNET_CLI_TELEMETRY_OPTOUT"),
        DoNotTrackVariable = machine.GetVariable("DO_NOT_TRACK"),
        OptOutVariable = machine.GetVariable("CONTAINERS_TELEMETRY_OPTOUT"),
        StoredChoice = choice,
    });

    public static ConsentRule Decide(ConsentInputs inputs)
    {
        foreach (ConsentRule rule in All)
        {
            if (rule.Applies(inputs))
            {
                return rule;
            }
        }

        throw new InvalidOperationException("The last rule applies to everything.");
    }
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
        if (Source is ConsentSource.Default)
        {
            return true;
        }

        ReadOnlySpan<char> text = inputs.TextOf(Source).AsSpan().Trim();
        if (Values.Length == 0)
        {
            return !text.IsEmpty;
        }

        foreach (string value in Values)
        {
            if (text.Equals(value, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>The inputs of the consent rules. A setting that is not set is null or empty.</summary>
public sealed record ConsentInputs
{
    /// <summary>Value of the property <c>ContainersTelemetry</c>.</summary>
    public string? Property { get; init; }

    /// <summary>Value of the variable <c>CONTAINERS_TELEMETRY_OPTOUT</c>.</summary>
    public string? OptOutVariable { get; init; }

    public ConsentChoice StoredChoice { get; init; }

    /// <summary>Value of the variable <c>DOTNET_CLI_TELEMETRY_OPTOUT</c>.</summary>
    public string? CliOptOutVariable { get; init; }

    /// <summary>Value of the variable <c>DO_NOT_TRACK</c>.</summary>
    public string? DoNotTrackVariable { get; init; }

    /// <summary>Value of the property <c>ContainersTelemetryConsent</c>.</summary>
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

/// <summary>The sources of the consent rules.</summary>
public enum ConsentSource
{
    /// <summary>The MSBuild property <c>ContainersTelemetry</c>.</summary>
    Property,

    /// <summary>The environment variable <c>CONTAINERS_TELEMETRY_OPTOUT</c>.</summary>
    OptOutVariable,

    /// <summary>The choice that the user has stored on this machine.</summary>
    StoredChoice,

    /// <summary>The environment variable <c>DOTNET_CLI_TELEMETRY_OPTOUT</c>.</summary>
    CliOptOutVariable,

    /// <summary>The environment variable <c>DO_NOT_TRACK</c>.</summary>
    DoNotTrackVariable,

    /// <summary>The MSBuild property <c>ContainersTelemetryConsent</c>.</summary>
    ConsentProperty,

    /// <summary>The default: there is no setting and no stored choice.</summary>
    Default,
}
