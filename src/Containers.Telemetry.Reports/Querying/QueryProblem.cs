namespace Containers.Telemetry.Reports.Querying;

/// <summary>Something in a query that cannot be understood.</summary>
/// <param name="Option">The option, such as <c>--where</c>.</param>
/// <param name="Text">What is wrong, in one sentence.</param>
/// <param name="Nearest">What may have been meant, the nearest first.</param>
public sealed record QueryProblem(string Option, string Text, IReadOnlyList<string> Nearest)
{
    private const int MostAllowed = 40;

    /// <summary>The allowed values, if nothing is near; empty if they are not a fixed set.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>Whether a field has an unknown name, which may be a dimension of events that were not searched yet.</summary>
    public bool IsUnknownField { get; init; }

    /// <summary>The problem with the nearest values, else with the allowed ones, on one line.</summary>
    public override string ToString() =>
        Nearest.Count > 0 ? $"{Text} Did you mean {string.Join(" or ", Nearest)}?"
        : Allowed.Count is > 0 and <= MostAllowed ? $"{Text} Allowed: {string.Join(", ", Allowed)}."
        : Text;

    /// <summary>A problem with a name that is not in a list.</summary>
    internal static QueryProblem Unknown(string option, string text, string typed, IReadOnlyList<string> allowed) =>
        new(option, text, NearestNames.Find(typed, allowed)) { Allowed = allowed };
}

/// <summary>
/// Ends the reading of a part of a query that cannot be understood, or the answer to one that the publishes show to have several meanings.
/// </summary>
public sealed class QueryException(QueryProblem problem) : Exception(problem.Text)
{
    public QueryException(string option, string text)
        : this(new QueryProblem(option, text, []))
    {
    }

    public QueryProblem Problem { get; } = problem;
}
