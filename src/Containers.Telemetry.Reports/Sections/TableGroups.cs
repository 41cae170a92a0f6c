using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>The publishes of a table, grouped into its rows.</summary>
/// <param name="Columns">The columns of the rows' keys.</param>
/// <param name="Groups">A group for each row, in any order.</param>
/// <param name="Whole">All publishes, each counted once.</param>
internal sealed record TableGroups(IReadOnlyList<ReportColumn> Columns, IReadOnlyList<TableGroup> Groups, TableGroup Whole)
{
    /// <summary>The groups in the order of time, then the largest first, then by name.</summary>
    public IEnumerable<TableGroup> InOrder()
    {
        int time = Columns.ToList().FindIndex(static column => column.Kind is ColumnKind.Date or ColumnKind.Time);
        return Groups
            .OrderBy(group => time < 0 ? null : group.Keys[time])
            .ThenByDescending(static group => group.Publishes)
            .ThenBy(static group => group.Name, StringComparer.Ordinal);
    }

    /// <summary>Adds the publishes without an outcome, which have groups of their own where no other publish has these keys.</summary>
    /// <param name="unfinished">These publishes, as canceled ones.</param>
    /// <param name="outcome">The position of the outcome among the keys; negative for none.</param>
    public TableGroups With(TableGroups unfinished, int outcome)
    {
        Dictionary<string, TableGroup> all = Groups.ToDictionary(static group => group.Name, StringComparer.Ordinal);
        foreach (TableGroup one in unfinished.Groups)
        {
            var group = new TableGroup([.. one.Keys.Select((key, i) => i == outcome ? ReportField.Unfinished : key)]);
            all[group.Name] = all.GetValueOrDefault(group.Name, group) with { Unfinished = one.Canceled };
        }

        return this with { Groups = [.. all.Values] };
    }
}

/// <summary>Figures of the publishes of a row.</summary>
internal sealed record TableGroup(IReadOnlyList<object?> Keys)
{
    public static readonly TableGroup Empty = new([]);

    public long Succeeded { get; init; }

    public long Failed { get; init; }

    public long Canceled { get; init; }

    /// <summary>Number of publishes without an outcome, which nothing else counts; 0 if the table does not need it.</summary>
    public long Unfinished { get; init; }

    /// <summary>Number of different users; 0 if the table does not need it.</summary>
    public long Users { get; init; }

    /// <summary>Number of different projects; 0 if the table does not need it.</summary>
    public long Projects { get; init; }

    /// <summary>The end of the first of them; null if there are none.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>The end of the last of them; null if there are none.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>The number of them that have each measured field.</summary>
    public IReadOnlyDictionary<EventField, long> Having { get; init; } = new Dictionary<EventField, long>();

    /// <summary>Percentiles of fields; null where no publish has the field.</summary>
    public IReadOnlyDictionary<(EventField Field, int Percent), long?> Percentiles { get; init; } = new Dictionary<(EventField, int), long?>();

    /// <summary>The keys as one text.</summary>
    public string Name => string.Join('\n', Keys.Select(static key => key?.ToString()));

    public long Publishes => Succeeded + Failed + Canceled;

    /// <summary>Publishes that were not canceled.</summary>
    public long Finished => Succeeded + Failed;

    /// <summary>Successes among those that were not canceled; null when there are none.</summary>
    public double? SuccessRate => Tally.Ratio(Succeeded, Finished);
}
