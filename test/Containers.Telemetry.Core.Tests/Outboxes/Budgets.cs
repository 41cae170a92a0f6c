namespace Containers.Telemetry.Outboxes;

/// <summary>
/// Budgets for what has to get somewhere before its budget ends, which a test waits for. A machine that is too busy for the first one gets a longer one; the
/// last is out of its reach.
/// </summary>
internal static class Budgets
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Each budget is four times the one before, up to a minute.</summary>
    public static IEnumerable<TimeSpan> Growing(TimeSpan first)
    {
        for (TimeSpan budget = first; budget <= Longest; budget *= 4)
        {
            yield return budget;
        }
    }
}
