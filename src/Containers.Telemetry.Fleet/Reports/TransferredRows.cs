using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>Single publishes transferred from ClickHouse, with only the needed columns. Overlapping periods are transferred once.</summary>
internal sealed class TransferredRows(FleetConnection connection, OccurringValues values)
{
    private readonly Dictionary<(string? Filter, string Fields), Part> _parts = [];
    private readonly Dictionary<(string? Filter, string Fields), Part> _alike = [];

    /// <summary>Returns the publishes of a scope that are counted.</summary>
    /// <exception cref="FleetException">They do not fit into memory.</exception>
    public PublishSelection Select(PublishScope scope, IReadOnlyList<ReportField> fields)
    {
        Part part = PartOf(_parts, scope, fields);
        if (!part.Periods.Contains(scope.Period))
        {
            IEnumerable<string> isNew = part.Periods.Select(known => $"NOT ({new PublishScope(scope.From, known, null).Where()})");
            new PublishLoader(connection, values, part.Store).Load($"FROM {scope.From} WHERE {scope.Where(isNew.Append(scope.Counted))}");
            part.Periods.Add(scope.Period);
        }

        return part.Select(scope);
    }

    /// <summary>Returns the publishes of a scope that ended, with equal ones as one row.</summary>
    /// <param name="scope">The publishes. The scope does not overlap with that of another call.</param>
    /// <exception cref="FleetException">They do not fit into memory.</exception>
    public AlikePublishes Alike(PublishScope scope, IReadOnlyList<ReportField> fields)
    {
        Part part = PartOf(_alike, scope, fields);
        if (!part.Periods.Contains(scope.Period))
        {
            new PublishLoader(connection, values, part.Store).LoadAlike(scope, fields, part.Counts);
            part.Periods.Add(scope.Period);
        }

        return new AlikePublishes(part.Select(scope), row => part.Counts[row.Number]);
    }

    private static Part PartOf(Dictionary<(string? Filter, string Fields), Part> parts, PublishScope scope, IReadOnlyList<ReportField> fields)
    {
        (string? Filter, string Fields) key = (scope.Filter, string.Join(',', fields));
        if (!parts.TryGetValue(key, out Part? part))
        {
            parts.Add(key, part = new Part(new PublishStore(new RecordLayout(fields), ReportReader.MaxPublishes)));
        }

        return part;
    }

    /// <summary>The transferred publishes.</summary>
    private sealed record Part(PublishStore Store)
    {
        /// <summary>Their periods.</summary>
        public List<Period> Periods { get; } = [];

        /// <summary>The number of publishes of each row, if not one.</summary>
        public List<long> Counts { get; } = [];

        public PublishSelection Select(PublishScope scope) => PublishSelection.Create(Store, scope.Period);
    }
}
