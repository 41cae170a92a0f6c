using Containers.Telemetry.Events;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;
using Containers.Telemetry.Tool.Reporting;

namespace Containers.Telemetry.Tool.Show;

/// <summary>Shows the events of a store one by one, as they were stored.</summary>
/// <param name="folder">Full path of the folder of the events.</param>
/// <param name="asJson">Whether each is a line of JSON.</param>
internal sealed class EventListing(ToolContext context, string folder, bool asJson)
{
    private readonly Action<StoredEvent, bool> _write = asJson
        ? (stored, _) => context.Terminal.WriteLine(PreviewFormat.Json(stored.Event))
        : new EventText(context.Terminal, context.Clock).Write;

    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public int Show(EventQuery query)
    {
        var events = new StoredEvents(folder);
        IReadOnlyList<StoredEvent> present = query.Select(events.Read());
        int exitCode = Show(present, query.Publishes ?? Unfinished(OpenAmong(present)));
        ReadingNotes.Write(context.Terminal, events);
        return exitCode;
    }

    /// <param name="unfinished">The unfinished publishes among theirs.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public int Show(IReadOnlyList<StoredEvent> present, UnfinishedPublishes unfinished)
    {
        foreach (StoredEvent stored in present)
        {
            _write(stored, unfinished.Contains(stored));
        }

        if (present.Count == 0)
        {
            context.Terminal.WriteNote("There is no such event. Publish a container, or see containers-telemetry doctor.");
        }

        return present.Count > 0 ? ExitCodes.Done : ExitCodes.No;
    }

    /// <summary>Returns the publishes that none of the events ends.</summary>
    public static HashSet<Guid> OpenAmong(IReadOnlyList<StoredEvent> present)
    {
        HashSet<Guid> open = [.. present.Where(static stored => stored.IsOfPublish).Select(static stored => stored.PublishId).OfType<Guid>()];
        open.ExceptWith(present.Where(static stored => stored.EndsPublish).Select(static stored => stored.PublishId).OfType<Guid>());
        return open;
    }

    /// <summary>Shows events, and new ones as they arrive.</summary>
    public int Follow(IEnumerable<StoredEvent> present, IEnumerable<StoredEvent> coming)
    {
        foreach (StoredEvent stored in present)
        {
            _write(stored, false);
        }

        context.Terminal.Flush();
        foreach (StoredEvent stored in coming)
        {
            _write(stored, false);
            context.Terminal.Flush();
        }

        return ExitCodes.Done;
    }

    /// <summary>Shows the events of the store that match a query, and new ones as they are stored.</summary>
    public int Follow(EventQuery query, Watcher watcher)
    {
        var events = new StoredEvents(folder);
        var follower = new EventFollower(folder, events, () => ReadingNotes.WriteUnreadableFiles(context.Terminal, 1));
        follower.SkipPresent();
        IReadOnlyList<StoredEvent> present = query.Select(events.Read().Where(follower.IsNew));
        ReadingNotes.Write(context.Terminal, events);
        return Follow(present, follower.Follow(watcher).Where(query.Accepts));
    }

    /// <summary>Finds the unfinished publishes among some. The store is read again only if the shown events do not decide.</summary>
    private UnfinishedPublishes Unfinished(HashSet<Guid> open) =>
        open.Count == 0 ? UnfinishedPublishes.None : UnfinishedPublishes.Find(new StoredEvents(folder).Read(), open.Contains, context.Clock.GetUtcNow());
}
