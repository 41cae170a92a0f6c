using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Reports;
using Containers.Telemetry.Reports.Listing;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;
using Containers.Telemetry.Tool.Show;

namespace Containers.Telemetry.Tool.Fleets;

/// <summary>Shows publishes and events as they arrive in the database of a fleet, and reconnects to a lost server.</summary>
/// <param name="watcher">Says how long to follow.</param>
internal sealed class FollowedFleet(ToolContext context, FleetConnection connection, Watcher watcher)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private TimeSpan _pause = Interval;
    private bool _isLost;

    /// <summary>Lists the last publishes, and each new one as it ends.</summary>
    public int Publishes(PublishListing listing, ListQuery query)
    {
        var arriving = new ArrivingPublishes(connection, query);
        IReadOnlyList<PublishEntry> last = watcher.Await(() => arriving.Begin(PublishListing.FirstOf(query), Now()));
        return listing.Follow(last, Follow(() => arriving.Next(Now())), () => arriving.Fields);
    }

    /// <summary>Shows the events that match a query, and new ones as they arrive.</summary>
    public int Events(EventListing listing, EventQuery query)
    {
        var arriving = new ArrivingEvents(connection);
        IReadOnlyList<StoredEvent> present = watcher.Await(() => arriving.Begin(() => new ShownFleet(context, connection).Select(query)));
        return listing.Follow(present, Follow(arriving.Next).Where(query.Accepts));
    }

    /// <summary>Returns new items as they arrive.</summary>
    /// <param name="next">Returns the items that have arrived since the last call.</param>
    /// <exception cref="FleetException">The server refuses something.</exception>
    internal IEnumerable<T> Follow<T>(Func<IReadOnlyList<T>> next)
    {
        while (watcher.Wait(_pause))
        {
            foreach (T one in Look(next))
            {
                yield return one;
            }
        }
    }

    private IReadOnlyList<T> Look<T>(Func<IReadOnlyList<T>> next)
    {
        try
        {
            IReadOnlyList<T> arrived = watcher.Await(next);
            (_isLost, _pause) = (false, Interval);
            return arrived;
        }
        catch (FleetException e) when (e.Problem is FleetProblem.Unreachable or FleetProblem.MissingShard)
        {
            if (!_isLost)
            {
                context.Terminal.WriteNote($"note: {e.Message} Retrying until it answers.");
            }

            (_isLost, _pause) = (true, _pause * 2 < LongestPause ? _pause * 2 : LongestPause);
            return [];
        }
    }

    private DateTimeOffset Now() => context.Clock.GetUtcNow();
}
