using System.Runtime.InteropServices;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>Finds the first publish of projects with each value of a field. Users would not do, since their pseudonyms are replaced.</summary>
internal static class FirstUses
{
    /// <param name="selection">The publishes. Those without a project are not counted.</param>
    public static IReadOnlyList<FirstUse> Of(PublishSelection selection, GroupKey key)
    {
        var first = new Dictionary<(long Value, int Project), long>();
        var values = new List<long>();
        for (int index = 0; index < selection.Count; index++)
        {
            PublishRow row = selection[index];
            int project = (int)selection.Layout.Projects.Read(row);
            if (project != 0)
            {
                values.Clear();
                key.Collect(row, values);
                foreach (long value in values)
                {
                    Add(first, (value, project), row.Time);
                }
            }
        }

        return
        [
            .. first
                .Where(static use => use.Key.Value != 0)
                .GroupBy(static use => use.Key.Value, static use => use.Value)
                .Select(uses => FirstUse.Of((string)key.CellOf(uses.Key)!, [.. uses.Order()])),
        ];
    }

    /// <summary>Counts the projects that were first published before a moment.</summary>
    /// <param name="selection">The publishes. Those without a project are not counted.</param>
    /// <returns>The number of projects for each moment.</returns>
    public static long[] ProjectsBefore(PublishSelection selection, IReadOnlyList<DateTimeOffset> moments)
    {
        var first = new Dictionary<int, long>();
        for (int index = 0; index < selection.Count; index++)
        {
            PublishRow row = selection[index];
            int project = (int)selection.Layout.Projects.Read(row);
            if (project != 0)
            {
                Add(first, project, row.Time);
            }
        }

        return [.. moments.Select(moment => first.Values.LongCount(time => time < moment.UtcTicks))];
    }

    private static void Add<T>(Dictionary<T, long> first, T key, long time)
        where T : notnull
    {
        ref long known = ref CollectionsMarshal.GetValueRefOrAddDefault(first, key, out bool exists);
        known = exists ? Math.Min(known, time) : time;
    }
}

/// <summary>The projects of publishes, and their first uses of values.</summary>
/// <param name="Uses">The first uses of the values of each field, in the order of the fields.</param>
internal sealed record ProjectUses(long Projects, IReadOnlyList<IReadOnlyList<FirstUse>> Uses);

/// <summary>The first publishes of projects with a value. Moments are <see cref="DateTime.Ticks"/>, UTC.</summary>
/// <param name="Projects">Number of projects that use it.</param>
/// <param name="First">The first use by a project.</param>
/// <param name="Half">The first use by half of them.</param>
/// <param name="NearlyAll">The first use by 95 % of them.</param>
internal sealed record FirstUse(string Value, long Projects, long First, long Half, long NearlyAll)
{
    /// <summary>Computes it from moments.</summary>
    /// <param name="moments">One moment per project, in ascending order; at least one.</param>
    public static FirstUse Of(string value, long[] moments) =>
        new(value, moments.Length, moments[0], Percentiles.Of(moments, 50)!.Value, Percentiles.Of(moments, 95)!.Value);
}
