using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>Loads publishes from ClickHouse into memory, in the same form as publishes from files.</summary>
internal sealed class PublishLoader
{
    private readonly FleetConnection _connection;
    private readonly OccurringValues _values;
    private readonly PublishStore _store;
    private readonly FieldColumn[] _columns;

    /// <param name="values">The values that occur, for derived fields in SQL.</param>
    /// <param name="store">Receives the publishes, with the needed columns.</param>
    public PublishLoader(FleetConnection connection, OccurringValues values, PublishStore store)
    {
        _connection = connection;
        _values = values;
        _store = store;
        _columns = [.. store.Layout.Columns];
    }

    /// <summary>The rows of the publishes that may be running.</summary>
    public HashSet<int> Running { get; } = [];

    /// <param name="from">The query from <c>FROM</c> on.</param>
    /// <param name="isRunning">The condition on publishes that may be running.</param>
    /// <exception cref="FleetException">They do not fit into memory, the server cannot be reached, or it refuses the query.</exception>
    public void Load(string from, string isRunning = "0")
    {
        string values = string.Concat(_columns.Select(column => $", {_values.SqlOf(column.Field)}"));
        Read(
            $"SELECT {FleetSchema.PublishId}, toString({FleetSchema.Result}), {FleetSchema.TimeUnixNano}, toUInt8({isRunning}){values} {from}",
            (row, cells) =>
            {
                if ((byte)cells[3]! != 0)
                {
                    Running.Add(row);
                }
            });
    }

    /// <summary>Loads publishes, with equal ones merged into one row.</summary>
    /// <param name="scope">Selects publishes that ended.</param>
    /// <param name="fields">The fields to load, all of them texts. Other columns of the store stay empty.</param>
    /// <param name="counts">Receives the number of publishes of each row.</param>
    /// <exception cref="FleetException">They do not fit into memory, the server cannot be reached, or it refuses the query.</exception>
    public void LoadAlike(PublishScope scope, IReadOnlyList<ReportField> fields, List<long> counts)
    {
        string[] columns =
        [
            .. fields.SelectMany(field => _values.KeyOf(field, TimeBucket.Day).TextColumns!).Prepend(FleetSchema.Result).Distinct(StringComparer.Ordinal),
        ];
        IEnumerable<string> selected = _columns.Select(static column => column.Field).Select(field =>
            field.Shape is FieldShape.Identifier ? SqlText.NoIdentifier : fields.Contains(field) ? _values.SqlOf(field) : "''");
        string began = $"toInt64({SqlText.Number(UnixTime.Nanoseconds(scope.Period.From))})";
        string day = $"if({FleetSchema.Result} = '{FleetResult.Failed}', greatest({began}, {SqlField.StartOfDay}), {began}) AS Day";
        Read(
            $"""
            SELECT {SqlText.NoIdentifier}, toString({FleetSchema.Result}), Day, toInt64(Publishes), {string.Join(", ", selected)}
            FROM (
                SELECT Day, Publishes, {string.Join(", ", TextKey.Named(columns))}
                FROM (
                    SELECT {day}, count() AS Publishes, {string.Join(", ", TextKey.Taken(columns))}
                    FROM {scope.From} WHERE {scope.WhereCounted} GROUP BY {TextKey.Of(columns)}, Day))
            """,
            (_, values) => counts.Add((long)values[3]!));
    }

    private void Read(string sql, Action<int, object?[]> take) =>
        _connection.ReadAsync(sql, values => take(Add(values), values), CancellationToken.None).GetAwaiter().GetResult();

    private int Add(object?[] values)
    {
        int row = _store.Add(Identifier.Of((Guid)values[0]!), OutcomeOf((string)values[1]!), UnixTime.Ticks((long)values[2]!));
        if (row < 0)
        {
            throw new FleetException(FleetProblem.Refused, "There are more publishes than fit into memory. Choose a shorter period with --since and --until.");
        }

        for (int i = 0; i < _columns.Length; i++)
        {
            _columns[i].Values[row] = NumberOf(_columns[i], values[4 + i]!);
        }

        return row;
    }

    /// <summary>Returns the column's number for a value.</summary>
    internal static long NumberOf(FieldColumn column, object value) => (column, value) switch
    {
        (NumberColumn numbers, long number) => number < 0 ? 0 : numbers.NumberOf((ulong)number),
        (IdentifierColumn identifiers, Guid id) => id == Guid.Empty ? 0 : identifiers.Identifiers.NumberOf(Identifier.Of(id)),
        (TextSetColumn sets, string list) => sets.NumberOf(ListText.Split(list)),
        (TextColumn texts, string text) => text.Length == 0 ? 0 : texts.Texts.NumberOf(text),
        _ => throw new InvalidOperationException($"{column.Field} has the type {value.GetType()}."),
    };

    private static PublishOutcome OutcomeOf(string result) => result switch
    {
        FleetResult.Succeeded => PublishOutcome.Succeeded,
        FleetResult.Failed => PublishOutcome.Failed,
        FleetResult.Canceled => PublishOutcome.Canceled,
        FleetResult.Unfinished => PublishOutcome.Unfinished,
        _ => PublishOutcome.Unknown,
    };
}
