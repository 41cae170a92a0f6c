namespace Containers.Telemetry.EvaluationCost;

/// <summary>Container targets that no SDK has. They must not slow an evaluation.</summary>
internal static class BadTargets
{
    /// <summary>The name of each fault, and the text.</summary>
    public static IReadOnlyList<(string Name, string Text)> All { get; } =
    [
        ("empty targets", ""),
        ("10 MB of targets", new string(' ', 10_000_000)),
        ("hostile attributes", "<CreateNewImage " + string.Concat(Enumerable.Repeat("BaseRegistry=\"\" ", 12_000))),
        ("hostile comments", "<CreateNewImage>" + string.Concat(Enumerable.Repeat("<!-- - ", 28_000))),
        ("hostile names", string.Concat(Enumerable.Repeat("<a.", 66_000))),
        ("nothing but <", new string('<', 199_999)),
    ];
}
