using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry.Tool.Show;

/// <summary>The unfinished publishes of a store, by the rule of <see cref="UnfinishedPublish"/>.</summary>
internal sealed class UnfinishedPublishes
{
    public static readonly UnfinishedPublishes None = new([]);

    private readonly HashSet<Guid> _ids;

    /// <param name="ids">The ids of publishes that are known to be unfinished.</param>
    public UnfinishedPublishes(IEnumerable<Guid> ids) => _ids = [.. ids];

    /// <summary>Finds them among the publishes of some events, which may be in any order.</summary>
    /// <param name="isAskedFor">Selects publishes. For all others, only the last publish of their project is kept.</param>
    public static UnfinishedPublishes Find(IEnumerable<StoredEvent> events, Func<Guid, bool> isAskedFor, DateTimeOffset now)
    {
        var ended = new HashSet<Guid>();
        var open = new Dictionary<Guid, (DateTimeOffset Latest, UserProject? Project)>();
        var began = new Dictionary<UserProject, DateTimeOffset>();
        foreach (StoredEvent stored in events.Where(static stored => stored.IsOfPublish))
        {
            if (stored.PublishId is not { } id)
            {
                continue;
            }

            UserProject? project = UserProject.Of(stored);
            if (project is { } key
                && UnfinishedPublish.BeganAt(id) is { } beginning
                && (!began.TryGetValue(key, out DateTimeOffset known) || beginning > known))
            {
                began[key] = beginning;
            }

            if (!isAskedFor(id) || ended.Contains(id))
            {
                continue;
            }

            if (stored.EndsPublish)
            {
                ended.Add(id);
                open.Remove(id);
            }
            else if (!open.TryGetValue(id, out var publish) || stored.Time > publish.Latest)
            {
                open[id] = (stored.Time, project);
            }
        }

        return new UnfinishedPublishes(
        [
            .. open
                .Where(one => !UnfinishedPublish.MayBeRunning(one.Value.Latest, one.Value.Project is { } key ? Beginning(key) : null, now))
                .Select(static one => one.Key),
        ]);

        DateTimeOffset? Beginning(UserProject key) => began.TryGetValue(key, out DateTimeOffset time) ? time : null;
    }

    /// <summary>Whether an event belongs to one of them.</summary>
    public bool Contains(StoredEvent stored) => stored.IsOfPublish && stored.PublishId is { } id && _ids.Contains(id);

    private readonly record struct UserProject(string User, string Project)
    {
        public static UserProject? Of(StoredEvent stored) =>
            stored.Event.Find(IdentityFields.AnonymousUserId) is string user && stored.Event.Find(IdentityFields.ProjectId) is string project
                ? new UserProject(user, project)
                : null;
    }
}
