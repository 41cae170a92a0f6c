using Containers.Telemetry.Http;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Store;
using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.PublishOverhead.Sinks;

/// <summary>A user with their own home folder, and the package's files in it.</summary>
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

    /// <summary>The number of lines that wait for delivery, and of consecutive failures of their collector.</summary>
    public (long Pending, int Failures) ReadOutbox()
    {
        var outboxes = ReadOutboxes();
        return (outboxes.Sum(outbox => outbox.PendingLines), outboxes.Sum(outbox => outbox.Failures));
    }

    /// <summary>The number of lines that wait for delivery, whether an endpoint answered that it accepted any, and the number of lost lines.</summary>
    public (long Pending, bool Accepted, long Lost) ReadOutcomes()
    {
        var outboxes = ReadOutboxes();
        return (
            outboxes.Sum(outbox => outbox.PendingLines),
            outboxes.Any(outbox => outbox.LastAnswer is { Outcome: ExportOutcome.Delivered }),
            outboxes.Sum(outbox => outbox.Rejected + outbox.Dropped + outbox.Unreadable));
    }

    /// <summary>Deletes the lines that wait for delivery.</summary>
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
