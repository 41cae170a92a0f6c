using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Rows;

internal sealed class RowsBuilder(PublishSelection selection)
{
    private const int Unfinished = 3;
    private const long NoOutcome = -1;

    private readonly int _ended = selection.Count;
    private readonly PublishRow[] _rows = [.. selection.ByProject(), .. selection.WithoutOutcome.ByProject()];
    private readonly List<byte> _columns = [];

    /// <param name="selection">The publishes of all periods, at most <see cref="PublishRows.MaxRows"/>.</param>
    /// <param name="periodsOf">The periods of a moment (<see cref="DateTime.Ticks"/>, UTC).</param>
    public static PublishRows Build(PublishSelection selection, IReadOnlyList<AxisKey> axes, Func<long, RowPeriods> periodsOf)
    {
        RecordLayout layout = selection.Layout;
        var builder = new RowsBuilder(selection);
        builder.WriteTimes();
        builder.Write(row => (long)periodsOf(row.Time));
        builder.WriteOutcomes();
        builder.Write(static row => row.User);
        builder.Write(row => layout.Projects.Read(row));
        RowAxis[] rowAxes = [.. axes.Select(builder.WriteAxis)];
        NumberColumn[] numbers = [.. layout.Columns.OfType<NumberColumn>()];
        Array.ForEach(numbers, column => builder.Write(column.Read));
        return new PublishRows
        {
            Count = builder._rows.Length,
            Axes = rowAxes,
            Numbers = [.. numbers.Select(static column => column.Field.Name)],
            Columns = builder._columns.ToArray(),
        };
    }

    private void WriteTimes()
    {
        long last = 0;
        Write(row =>
        {
            long time = (row.Time - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
            long difference = time - last;
            last = time;
            return (difference << 1) ^ (difference >> 63);
        });
    }

    private void WriteOutcomes()
    {
        for (int i = 0; i < _rows.Length; i++)
        {
            WriteNumber(i < _ended ? (ulong)(_rows[i].Outcome - PublishOutcome.Succeeded) : Unfinished);
        }
    }

    private RowAxis WriteAxis(AxisKey axis)
    {
        long[] numbers = Array.ConvertAll(_rows, axis.Read);
        if (axis.Id == DetailFields.Outcome.Name)
        {
            Array.Fill(numbers, NoOutcome, _ended, numbers.Length - _ended);
        }

        // Numbers depend on the order of the threads; texts do not.
        (long Number, IReadOnlyList<string> Texts)[] values =
        [
            .. numbers.Distinct()
                .Select(number => (number, number == NoOutcome ? [ReportField.Unfinished] : axis.TextsOf(number)))
                .OrderBy(static value => string.Join('\n', value.Item2), StringComparer.Ordinal),
        ];
        Dictionary<long, int> positions = values.Select(static (value, position) => (value.Number, position)).ToDictionary();
        foreach (long number in numbers)
        {
            WriteNumber((ulong)positions[number]);
        }

        return new RowAxis(axis.Id, [.. values.Select(static value => value.Texts)]);
    }

    private void Write(Func<PublishRow, long> read)
    {
        foreach (PublishRow row in _rows)
        {
            WriteNumber((ulong)read(row));
        }
    }

    private void WriteNumber(ulong number)
    {
        while (number > 0x7F)
        {
            _columns.Add((byte)(number | 0x80));
            number >>= 7;
        }

        _columns.Add((byte)number);
    }
}
