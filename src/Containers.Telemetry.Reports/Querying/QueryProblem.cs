namespace Containers.Telemetry.Reports.Querying;

/// <summary>Something in a query that cannot be understood.</summary>
/// <param name="Option">The option that has it, such as <c>--where</c>.</param>
/// <param name="Text">What is wrong, in one sentence.</param>
/// <param name="Nearest">What may have been meant, the nearest first.</param>
public sealed record QueryProblem(string Option, string Text, IReadOnlyList<string> Nearest)
{
    private const int MostAllowed = 30;

    /// <summary>All that is allowed, for when nothing is near; empty where it is not a list.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>The problem with what may have been meant, else with what is allowed, on one line.</summary>
    public override string ToString() =>
        Nearest.Count > 0 ? $"{Text} Did you mean {string.Join(" or ", Nearest)}?"
        : Allowed.Count is > 0 and <= MostAllowed ? $"{Text} Allowed: {string.Join(", ", Allowed)}."
        : Text;

    /// <summary>A problem with a name that is none of a list.</summary>
    internal static QueryProblem Unknown(string option, string text, string typed, IReadOnlyList<string> allowed) =>
        new(option, text, NearestNames.Find(typed, allowed)) { Allowed = allowed };
}
