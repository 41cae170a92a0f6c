namespace Containers.Telemetry.Surroundings;

/// <summary>The value when all of the conditions are met.</summary>
internal sealed record VariableRule<T>(T Meaning, params VariableCondition[] Conditions)
    where T : struct, Enum
{
    /// <summary>The meaning of the first rule that applies, or null when none does.</summary>
    public static T? FirstMatch(VariableRule<T>[] rules, IMachineEnvironment machine) =>
        Array.Find(rules, rule => rule.Applies(machine)) is { } found ? found.Meaning : null;

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

/// <summary>A yes-or-no condition on one environment variable; the value itself is not kept.</summary>
internal readonly record struct VariableCondition
{
    private readonly Kind _kind;
    private readonly string? _expected;

    private VariableCondition(string name, Kind kind, string? expected = null)
    {
        Name = name;
        _kind = kind;
        _expected = expected;
    }

    private enum Kind
    {
        Set,
        Flag,
        Value,
    }

    public string Name { get; }

    /// <summary>Set, to anything but white space.</summary>
    public static VariableCondition Set(string name) => new(name, Kind.Set);

    /// <summary>Set, to anything but white space, <c>false</c> and <c>0</c>.</summary>
    public static VariableCondition Flag(string name) => new(name, Kind.Flag);

    /// <summary>Set to this value, in any case.</summary>
    public static VariableCondition Value(string name, string expected) => new(name, Kind.Value, expected);

    public bool IsMet(IMachineEnvironment machine)
    {
        ReadOnlySpan<char> value = machine.GetVariable(Name).AsSpan().Trim();

        return !value.IsEmpty && _kind switch
        {
            Kind.Flag => value is not "0" && !value.Equals("false", StringComparison.OrdinalIgnoreCase),
            Kind.Value => value.Equals(_expected, StringComparison.OrdinalIgnoreCase),
            _ => true,
        };
    }
}
