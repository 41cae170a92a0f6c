namespace Containers.Telemetry.Fleet.Reports;

/// <summary>An aggregate function in SQL that can be merged from subgroups.</summary>
/// <param name="Parameters">The part before the arguments, with parentheses; empty for none.</param>
internal sealed record SqlAggregate(string Function, string Arguments, string Parameters = "")
{
    /// <summary>Its value in a group.</summary>
    public string Value => $"toInt64({Function}{Parameters}({Arguments}))";

    /// <summary>Its state in a group, for merging.</summary>
    public string State => $"{Function}State{Parameters}({Arguments})";

    /// <summary>Its value in groups whose states are in a column.</summary>
    public string Merged(string column) => $"toInt64({Function}Merge{Parameters}({column}))";
}
