using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>Finds the publishes without an outcome that may be running: see <see cref="UnfinishedPublish"/>.</summary>
internal static class RunningPublishes
{
    public static IReadOnlySet<int> Find(PublishStore store, DateTimeOffset now)
    {
        var running = new HashSet<int>();
        for (int row = 0; row < store.Count; row++)
        {
            if (!store.StateOf(row).HasEnded && MayBeRunning(store, row, nextBegan: null, now))
            {
                running.Add(row);
            }
        }

        if (running.Count > 0)
        {
            Dictionary<(long User, long Project), DateTimeOffset> began = LatestBeginnings(store, running);
            running.RemoveWhere(row => KeyOf(store, row) is { } key && !MayBeRunning(store, row, began[key], now));
        }

        return running;
    }

    private static bool MayBeRunning(PublishStore store, int row, DateTimeOffset? nextBegan, DateTimeOffset now) =>
        UnfinishedPublish.MayBeRunning(new DateTimeOffset(store.StateOf(row).Time, TimeSpan.Zero), nextBegan, now);

    /// <summary>Finds the last start of a publish by each user, for each project that may have a running publish.</summary>
    private static Dictionary<(long User, long Project), DateTimeOffset> LatestBeginnings(PublishStore store, HashSet<int> running)
    {
        var latest = new Dictionary<(long User, long Project), DateTimeOffset>();
        foreach (int row in running)
        {
            if (KeyOf(store, row) is { } key)
            {
                latest[key] = DateTimeOffset.MinValue;
            }
        }

        for (int row = 0; row < store.Count; row++)
        {
            if (KeyOf(store, row) is { } key && latest.TryGetValue(key, out DateTimeOffset known)
                && UnfinishedPublish.BeganAt(store.StateOf(row).PublishId.ToGuid()) is { } began && began > known)
            {
                latest[key] = began;
            }
        }

        return latest;
    }

    private static (long User, long Project)? KeyOf(PublishStore store, int row)
    {
        long user = store.Layout.Users.Read(row);
        long project = store.Layout.Projects.Read(row);
        return user == 0 || project == 0 ? null : (user, project);
    }
}
