using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Export;

namespace Containers.Telemetry.Tool.Show;

/// <summary>Which events somebody wants to see.</summary>
internal sealed record EventQuery
{
    /// <summary>The number of events, the latest of them; null for all.</summary>
    public int? Last { get; init; }

    /// <summary>Events raised at that moment or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Events of publishes that ended so: <c>success</c>, <c>error</c> or <c>canceled</c>.</summary>
    public string? Outcome { get; init; }

    /// <summary>Whether an event is wanted, apart from how many.</summary>
    public bool Accepts(StoredEvent stored) =>
        (Since is not { } since || stored.Time >= since)
        && (Outcome is null || stored.Event.Find(DetailFields.Outcome) is string outcome && outcome == Outcome);

    /// <summary>Returns the wanted ones of some events, by their time.</summary>
    public IReadOnlyList<StoredEvent> Select(IEnumerable<StoredEvent> events)
    {
        // Most stores are in the order of time already, so what falls out of the front is seldom wanted again.
        var wanted = new PriorityQueue<StoredEvent, (long Ticks, long Order)>();
        long order = 0;
        foreach (StoredEvent stored in events.Where(Accepts))
        {
            wanted.Enqueue(stored, (stored.Time.UtcTicks, order++));
            if (wanted.Count > Last)
            {
                wanted.Dequeue();
            }
        }

        var selected = new List<StoredEvent>(wanted.Count);
        while (wanted.TryDequeue(out StoredEvent? stored, out _))
        {
            selected.Add(stored);
        }

        return selected;
    }
}
