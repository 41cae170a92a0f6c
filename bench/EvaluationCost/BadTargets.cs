namespace Containers.Telemetry.EvaluationCost;

/// <summary>Container targets that no SDK has, and that an evaluation must not take long to pass over.</summary>
internal static class BadTargets
{
    // Without these no text is searched.
    private const string OtherCalls = "<ComputeDotnetBaseImage /><ParseContainerProperties />";

    /// <summary>What is bad, and the text.</summary>
    public static IReadOnlyList<(string Name, string Text)> All { get; } =
    [
        ("empty targets", ""),
        ("10 MB of targets", new string(' ', 10_000_000)),
        ("hostile attributes", "<CreateNewImage " + string.Concat(Enumerable.Repeat("BaseRegistry=\"\" ", 20_000)) + OtherCalls),
        ("hostile comments", "<CreateNewImage>" + string.Concat(Enumerable.Repeat("<!-- - ", 50_000)) + OtherCalls),
    ];
}
