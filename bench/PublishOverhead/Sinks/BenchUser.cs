using Containers.Telemetry.Http;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Store;
using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.PublishOverhead.Sinks;

/// <summary>A user with a home folder of their own, and what the package keeps in it.</summary>
internal sealed class BenchUser
{
    private readonly string _data;

    /// <param name="home">An empty or absent folder.</param>
    public BenchUser(string home)
    {
        Home = Directory.CreateDirectory(home).FullName;
        _data = DataFolder.Resolve(property: null, name => name == "HOME" ? Home : null, OSFamily.Linux).Path!;
    }

    /// <summary>Full path of the home folder.</summary>
    public string Home { get; }

    /// <summary>The names of the events in the store, oldest first.</summary>
    public IReadOnlyList<string> ReadStore()
    {
        var names = new List<string>();
        using var lines = new StoredLines(StoreLayout.EventsIn(_data));
        while (lines.TryRead(out var line))
        {
            names.AddRange(OtlpLogReader.Read(line).Events.Select(stored => stored.Event.Name));
        }

        return names;
    }

    /// <summary>How many lines wait for their delivery, and how many times in a row their collector has failed.</summary>
    public (long Pending, int Failures) ReadOutbox()
    {
        var outboxes = ReadOutboxes();
        return (outboxes.Sum(outbox => outbox.PendingLines), outboxes.Sum(outbox => outbox.Failures));
    }

    /// <summary>How many lines wait for their delivery, whether an endpoint has said that it has taken any, and how many are lost.</summary>
    public (long Pending, bool Accepted, long Lost) ReadOutcomes()
    {
        var outboxes = ReadOutboxes();
        return (
            outboxes.Sum(outbox => outbox.PendingLines),
            outboxes.Any(outbox => outbox.LastAnswer is { Outcome: ExportOutcome.Delivered }),
            outboxes.Sum(outbox => outbox.Rejected + outbox.Dropped + outbox.Unreadable));
    }

    /// <summary>Forgets what waits for its delivery.</summary>
    public void ClearOutbox()
    {
        string folder = StoreLayout.OutboxIn(_data);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private List<OutboxStatus> ReadOutboxes()
    {
        string folder = StoreLayout.OutboxIn(_data);
        return [.. Outbox.FindDestinations(folder, settings: null).Select(destination => new Outbox(folder, destination).GetStatus())];
    }
}
