using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Sections;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>The publishes of a fleet, which ClickHouse counts.</summary>
internal sealed class FleetPublishes : IPublishSource
{
    private readonly FleetConnection _connection;
    private readonly FleetQueries _queries;
    private readonly OccurringValues _values;
    private readonly SqlTableEngine _engine;
    private readonly TransferredRows _rows;

    /// <param name="layout">The columns of a report of files, with its subject and dimensions.</param>
    public FleetPublishes(FleetConnection connection, RecordLayout layout, DateTimeOffset now)
    {
        _connection = connection;
        _queries = new FleetQueries(connection, now, layout.Subject is ReportSubject.OwnEvents ? OwnEventRows.In(connection.Address.Database) : null);
        _values = new OccurringValues(connection, _queries.Rows, DateOnly.FromDateTime(now.UtcDateTime));
        _engine = new SqlTableEngine(connection, _values);
        _rows = new TransferredRows(connection, _values);
        Dimensions = [.. layout.Columns.Select(static column => column.Field).Where(static field => field.IsDimension)];
    }

    public IReadOnlyList<ReportField> Dimensions { get; }

    public PublishSpan SpanBefore(DateTimeOffset until)
    {
        string isBefore = $"{FleetSchema.TimeUnixNano} < {SqlText.Number(UnixTime.Nanoseconds(until))}";
        object?[] row = _connection.Query(
            $"SELECT toInt64(countIf({isBefore})), toInt64(minIf({FleetSchema.TimeUnixNano}, {isBefore})), " +
            $"toInt64(maxIf({FleetSchema.TimeUnixNano}, {isBefore})), toInt64(countIf(NOT ({isBefore}))) FROM {_queries.Rows}")[0];
        return (long)row[0]! == 0
            ? new PublishSpan(until, DateTimeOffset.MinValue, (long)row[3]!)
            : new PublishSpan(UnixTime.Moment((long)row[1]!), UnixTime.Moment((long)row[2]!), (long)row[3]!);
    }

    public IPublishes Select(Period period, Filter? filter)
    {
        var scope = new PublishScope(_queries.Rows, period, filter is null ? null : new SqlFilter(_values, _queries.IsRunning).Write(filter));
        return new FleetSelection(_connection, _queries, _values, _engine, _rows, scope);
    }

    public bool Has(ReportField field, string value) => field.Shape is FieldShape.Identifier
        ? IdentifierBeginning.TryParse(value, out IdentifierBeginning beginning) && _values.BeginningWith(field, beginning).Count > 0
        : TextsOf(field).Contains(value, StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> TextsOf(ReportField field) => field.Shape is FieldShape.Text or FieldShape.Texts
        ? [.. field.AllowedValues.Union(_values.Of(field).Texts.Where(static text => text.Length > 0), StringComparer.Ordinal)]
        : [];
}
