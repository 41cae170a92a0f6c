using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry.Tool.Show;

internal sealed record EventQuery
{
    /// <summary>The maximum number of events, the latest ones; null for all.</summary>
    public int? Last { get; init; }

    /// <summary>Events raised at that moment or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Events with this outcome, one of <see cref="DetailFields.Outcome"/>; null for any.</summary>
    public string? Outcome { get; init; }

    /// <summary>Also events of these publishes, with any outcome; null for none.</summary>
    public UnfinishedPublishes? Publishes { get; init; }

    /// <summary>Whether an event matches, apart from the maximum number.</summary>
    public bool Accepts(StoredEvent stored) =>
        (Since is not { } since || stored.Time >= since)
        && (Outcome is null || (stored.Event.Find(DetailFields.Outcome) is string outcome && outcome == Outcome) || Publishes?.Contains(stored) is true);

    /// <summary>Returns the matching events, each once, by their time. Keeps no more than the maximum number in memory.</summary>
    public IReadOnlyList<StoredEvent> Select(IEnumerable<StoredEvent> events)
    {
        // Most stores are in the order of time already, so an event that was dropped is seldom needed again.
        var wanted = new PriorityQueue<StoredEvent, (long Ticks, long Order)>();
        var ids = new HashSet<Guid>();
        long order = 0;
        foreach (StoredEvent stored in events.Where(Accepts))
        {
            if (stored.EventId is { } id && !ids.Add(id))
            {
                continue;
            }

            // A dropped event that comes again is no later than the earliest kept one.
            wanted.Enqueue(stored, (stored.Time.UtcTicks, order++));
            if (wanted.Count > Last && wanted.Dequeue().EventId is { } earliest)
            {
                ids.Remove(earliest);
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
