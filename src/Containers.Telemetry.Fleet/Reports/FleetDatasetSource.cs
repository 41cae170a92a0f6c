using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Reports.Datasets;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>
/// The publishes of a quarter in a fleet. They are streamed once for each stage, equal ones of a user as one row, and not kept: a quarter may have
/// more than fit into memory.
/// </summary>
internal sealed class FleetDatasetSource : IDatasetSource
{
    /// <summary>The number of publishes that ClickHouse groups and sorts at a time, so that they fit into its memory.</summary>
    public const long PublishesOfPart = 2_000_000;

    private const int FirstValue = 3;

    private readonly FleetConnection _connection;
    private readonly GeneralizedRows _rows;
    private readonly FieldColumn[] _columns;
    private readonly string[] _parts;

    /// <param name="publishesOfPart">The approximate number of publishes per query.</param>
    public FleetDatasetSource(FleetConnection connection, Quarter quarter, long publishesOfPart = PublishesOfPart)
    {
        var layout = new RecordLayout(DatasetColumns.Fields);
        _connection = connection;
        _rows = new GeneralizedRows(DatasetColumns.Of(layout, quarter));
        _columns = [.. DatasetColumns.Fields.Select(field => layout[field])];

        // One row, reused for each publish.
        new PublishStore(layout, maxPublishes: 1).Add(default, PublishOutcome.Unknown, 0);
        _parts = [.. Parts(new FleetQueries(connection, quarter.Period.To), quarter, publishesOfPart)];
    }

    public int Stages => _rows.Stages;

    public void Read(int stage, IReadOnlyList<IReadOnlySet<GroupIdentity>> released, Action<Identifier, GroupIdentity, long> take)
    {
        foreach (string part in _parts)
        {
            _connection.ReadAsync(part, Take, CancellationToken.None).GetAwaiter().GetResult();
        }

        void Take(object?[] values)
        {
            for (int i = 0; i < _columns.Length; i++)
            {
                _columns[i].Values[0] = PublishLoader.NumberOf(_columns[i], values[FirstValue + i]!);
            }

            var publish = new PublishRow(0, PublishOutcome.Unknown, UnixTime.Ticks((long)values[1]!), 0);
            for (int earlier = 0; earlier < stage; earlier++)
            {
                if (released[earlier].Contains(_rows.RowOf(publish, earlier)))
                {
                    return;
                }
            }

            take(Identifier.Of((Guid)values[0]!), _rows.RowOf(publish, stage), (long)values[2]!);
        }
    }

    public string[] TextsOf(GroupIdentity row) => _rows.TextsOf(row);

    // A part has all publishes of its users.
    private IEnumerable<string> Parts(FleetQueries queries, Quarter quarter, long publishesOfPart)
    {
        var values = new OccurringValues(_connection, queries.Rows, DateOnly.FromDateTime(quarter.Period.To.UtcDateTime));
        var scope = new PublishScope(queries.Rows, quarter.Period, null);
        string names = string.Concat(_columns.Select(static (_, i) => FormattableString.Invariant($", Value{i}")));
        string inner = string.Concat(_columns.Select((column, i) => FormattableString.Invariant($", {values.SqlOf(column.Field)} AS Value{i}")));
        long publishes = (long)_connection.Query($"SELECT toInt64(count()) FROM {scope.From} WHERE {scope.WhereCounted}")[0][0]!;
        long parts = 1 + (publishes / publishesOfPart);
        for (long part = 0; part < parts; part++)
        {
            string isOfPart = $"cityHash64(toString(AnonymousUserId)) % {SqlText.Number(parts)} = {SqlText.Number(part)}";
            string where = scope.Where(PublishScope.HasEnded, isOfPart);
            yield return $"""
                SELECT AnonymousUserId, Day, toInt64(count()){names}
                FROM (SELECT AnonymousUserId, toInt64({SqlField.StartOfDay}) AS Day{inner} FROM {scope.From} WHERE {where})
                GROUP BY AnonymousUserId, Day{names}
                ORDER BY AnonymousUserId
                """;
        }
    }
}
