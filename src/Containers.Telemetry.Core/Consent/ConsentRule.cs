namespace Containers.Telemetry.Consent;

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

    /// <summary>Whether the rule decides.</summary>
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
