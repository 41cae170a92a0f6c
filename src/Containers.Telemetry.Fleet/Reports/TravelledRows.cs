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

        return PublishSelection.Create(part.Store, scope.Period, RowFilter.Of(null, part.Store.Layout), new HashSet<int>());
    }

    private sealed record Part(PublishStore Store, List<Period> Periods);
}
