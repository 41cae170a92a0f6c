namespace Containers.Telemetry.Reports.Querying;

/// <summary>Something in a query that cannot be understood.</summary>
/// <param name="Option">The option that it stands in, such as <c>--where</c>.</param>
/// <param name="Text">What is wrong, in one sentence.</param>
/// <param name="Nearest">What may have been meant, the nearest first.</param>
public sealed record QueryProblem(string Option, string Text, IReadOnlyList<string> Nearest)
{
    /// <summary>The problem with what may have been meant, on one line.</summary>
    public override string ToString() => Nearest.Count == 0 ? Text : Text + " Did you mean " + string.Join(" or ", Nearest) + "?";
}
