namespace Containers.Telemetry.Outboxes;

/// <summary>
/// Growing time limits for something that must finish in time. A machine that is too busy for the first limit gets a longer one; the last is long
/// enough for any machine.
/// </summary>
internal static class Budgets
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Each limit is four times the previous one, up to a minute.</summary>
    public static IEnumerable<TimeSpan> Growing(TimeSpan first)
    {
        for (TimeSpan budget = first; budget <= Longest; budget *= 4)
        {
            yield return budget;
        }
    }
}
