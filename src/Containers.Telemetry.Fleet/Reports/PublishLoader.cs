using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>Brings publishes from ClickHouse into memory, where the code that reads files keeps them.</summary>
internal sealed class PublishLoader
{
    private readonly FleetConnection _connection;
    private readonly OccurringValues _values;
    private readonly PublishStore _store;
    private readonly FieldColumn[] _columns;

    /// <param name="connection">The database.</param>
    /// <param name="values">The values that occur, by which derived fields are written in SQL.</param>
    /// <param name="store">Where they go, with the columns that are wanted.</param>
    public PublishLoader(FleetConnection connection, OccurringValues values, PublishStore store)
    {
        _connection = connection;
        _values = values;
        _store = store;
        _columns = [.. store.Layout.Columns];
    }

    /// <summary>The rows of the publishes that may be running.</summary>
    public HashSet<int> Running { get; } = [];

    /// <summary>Loads publishes.</summary>
    /// <param name="from">The query from <c>FROM</c> on.</param>
    /// <param name="isRunning">The condition on publishes that may be running.</param>
    /// <exception cref="FleetException">They do not fit into memory, the server cannot be reached, or it refuses the query.</exception>
    public void Load(string from, string isRunning = "0")
    {
        string columns = string.Concat(_columns.Select(column => $", {(column.Field.Derived is null ? SqlField.ValueOf(column.Field) : _values.Of(column.Field).Sql)}"));
        _connection.ReadAsync(
            $"SELECT {FleetSchema.PublishId}, toString({FleetSchema.Result}), {FleetSchema.TimeUnixNano}, {FleetSchema.LastEventUnixNano}, toUInt8({isRunning}){columns} {from}",
            Add,
            CancellationToken.None).GetAwaiter().GetResult();
    }

    private void Add(object?[] values)
    {
        int row = _store.Add(Identifier.Of((Guid)values[0]!), OutcomeOf((string)values[1]!), UnixTime.Ticks((long)values[2]!), UnixTime.Ticks((long)values[3]!));
        if (row < 0)
        {
            throw new FleetException(FleetProblem.Refused, "More publishes would have to travel than fit into memory. Name a shorter period with --since and --until.");
        }

        if ((byte)values[4]! != 0)
        {
            Running.Add(row);
        }

        for (int i = 0; i < _columns.Length; i++)
        {
            _columns[i].Values[row] = NumberOf(_columns[i], values[5 + i]!);
        }
    }

    private static long NumberOf(FieldColumn column, object value) => (column, value) switch
    {
        (NumberColumn numbers, long number) => number < 0 ? 0 : numbers.NumberOf((ulong)number),
        (IdentifierColumn identifiers, Guid id) => id == Guid.Empty ? 0 : identifiers.Identifiers.NumberOf(Identifier.Of(id)),
        (TextSetColumn sets, string[] texts) => sets.NumberOf(texts),
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
