namespace Containers.Telemetry.Fleet.Reports;

/// <summary>An aggregate function in SQL, which groups of a group can add up to.</summary>
/// <param name="Function">Its name.</param>
/// <param name="Arguments">The expressions that it takes.</param>
/// <param name="Parameters">What stands before the arguments, with parentheses; empty for none.</param>
internal sealed record SqlAggregate(string Function, string Arguments, string Parameters = "")
{
    /// <summary>Its value in a group.</summary>
    public string Value => $"toInt64({Function}{Parameters}({Arguments}))";

    /// <summary>What is kept of a group to merge it with others.</summary>
    public string State => $"{Function}State{Parameters}({Arguments})";

    /// <summary>Its value in groups whose states are in a column.</summary>
    public string Merged(string column) => $"toInt64({Function}Merge{Parameters}({column}))";
}
