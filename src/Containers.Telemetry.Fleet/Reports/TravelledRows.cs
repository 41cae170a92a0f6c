using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>Publishes that travel from ClickHouse one by one, with no more columns than are read. Those of periods that overlap travel once.</summary>
/// <param name="connection">The database.</param>
/// <param name="values">The values that occur.</param>
internal sealed class TravelledRows(FleetConnection connection, OccurringValues values)
{
    private readonly Dictionary<(string? Filter, string Fields), Part> _parts = [];
    private readonly Dictionary<(string? Filter, string Fields), AlikePart> _alike = [];

    /// <summary>Returns the publishes of a scope that ended.</summary>
    /// <param name="scope">Which publishes.</param>
    /// <param name="fields">The fields that are read.</param>
    /// <exception cref="FleetException">They do not fit into memory.</exception>
    public PublishSelection Select(PublishScope scope, IReadOnlyList<ReportField> fields)
    {
        (string? Filter, string Fields) key = (scope.Filter, string.Join(',', fields));
        if (!_parts.TryGetValue(key, out Part? part))
        {
            _parts.Add(key, part = new Part(new PublishStore(new RecordLayout(fields), ReportReader.MaxPublishes), []));
        }

        if (!part.Periods.Contains(scope.Period))
        {
            IEnumerable<string> isNew = part.Periods.Select(known => $"NOT ({new PublishScope(scope.Table, known, null).Where()})");
            new PublishLoader(connection, values, part.Store).Load($"FROM {scope.From} WHERE {scope.Where(isNew.Append(PublishScope.HasEnded))}");
            part.Periods.Add(scope.Period);
        }

        return SelectionOf(part.Store, scope);
    }

    /// <summary>Returns the publishes of a scope that ended, of which those that are alike travel as one row.</summary>
    /// <param name="scope">Which publishes. It does not overlap with another one of which the same was asked.</param>
    /// <param name="fields">The fields that are read.</param>
    /// <exception cref="FleetException">They do not fit into memory.</exception>
    public AlikePublishes Alike(PublishScope scope, IReadOnlyList<ReportField> fields)
    {
        (string? Filter, string Fields) key = (scope.Filter, string.Join(',', fields));
        if (!_alike.TryGetValue(key, out AlikePart? part))
        {
            _alike.Add(key, part = new AlikePart(new PublishStore(new RecordLayout(fields), ReportReader.MaxPublishes), [], []));
        }

        if (!part.Periods.Contains(scope.Period))
        {
            new PublishLoader(connection, values, part.Store).LoadAlike(scope, part.Counts);
            part.Periods.Add(scope.Period);
        }

        return new AlikePublishes(SelectionOf(part.Store, scope), row => part.Counts[row.Number]);
    }

    private static PublishSelection SelectionOf(PublishStore store, PublishScope scope) =>
        PublishSelection.Create(store, scope.Period, RowFilter.Of(null, store.Layout), new HashSet<int>());

    private sealed record Part(PublishStore Store, List<Period> Periods);

    private sealed record AlikePart(PublishStore Store, List<Period> Periods, List<long> Counts);
}
