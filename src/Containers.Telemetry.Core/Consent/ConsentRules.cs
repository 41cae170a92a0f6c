namespace Containers.Telemetry.Consent;

/// <summary>Who decides whether anything is collected. The first rule that applies does.</summary>
/// <remarks>
/// In a build the package's targets decide, by the same rules in MSBuild's language, so that "off" loads no assembly. Tests hold the two
/// together in every combination.
/// </remarks>
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

        // "Required", and any other word: a typo must not switch on what a user wanted to be asked for.
        new(5, ConsentSource.ConsentProperty, [], IsOn: false),
        new(5, ConsentSource.Default, [], IsOn: true),
    ];

    /// <summary>The rule that decides.</summary>
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
