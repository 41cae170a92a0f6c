namespace Containers.Telemetry.Surroundings;

/// <summary>What it means when all of the conditions are met.</summary>
internal sealed record VariableRule<T>(T Meaning, params VariableCondition[] Conditions)
    where T : struct, Enum
{
    /// <summary>The meaning of the first rule that applies, or null when none does.</summary>
    public static T? FirstMatch(VariableRule<T>[] rules, IMachineEnvironment machine)
    {
        foreach (VariableRule<T> rule in rules)
        {
            if (rule.Applies(machine))
            {
                return rule.Meaning;
            }
        }

        return null;
    }

    private bool Applies(IMachineEnvironment machine)
    {
        foreach (VariableCondition condition in Conditions)
        {
            if (!condition.IsMet(machine))
            {
                return false;
            }
        }

        return true;
    }
}
