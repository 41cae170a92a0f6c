namespace Containers.Telemetry.Reports.Storage;

/// <summary>The values of one column, one number per publish, in as few bytes as possible.</summary>
/// <remarks>A class for each width, not a generic one, since generic arithmetic is never compiled ahead of time.</remarks>
internal abstract class ColumnValues
{
    public abstract long this[int row] { get; set; }

    /// <summary>Makes room for a row. One thread at a time may do so.</summary>
    public abstract void MakeRoom(int row);

    /// <summary>Makes an empty column.</summary>
    /// <param name="width">Bytes per number: 1, 2, 4 or 8. Numbers of one and two bytes have no sign.</param>
    /// <param name="capacity">The most rows.</param>
    public static ColumnValues Create(int width, int capacity) => width switch
    {
        1 => new Bytes(capacity),
        2 => new Shorts(capacity),
        4 => new Ints(capacity),
        8 => new Longs(capacity),
        _ => throw new ArgumentOutOfRangeException(nameof(width), width, "A number has 1, 2, 4 or 8 bytes."),
    };

    private sealed class Bytes(int capacity) : ColumnValues
    {
        private readonly ChunkedArray<byte> _values = new(capacity);

        public override long this[int row]
        {
            get => _values[row];
            set => _values[row] = checked((byte)value);
        }

        public override void MakeRoom(int row) => _values.MakeRoom(row);
    }

    private sealed class Shorts(int capacity) : ColumnValues
    {
        private readonly ChunkedArray<ushort> _values = new(capacity);

        public override long this[int row]
        {
            get => _values[row];
            set => _values[row] = checked((ushort)value);
        }

        public override void MakeRoom(int row) => _values.MakeRoom(row);
    }

    private sealed class Ints(int capacity) : ColumnValues
    {
        private readonly ChunkedArray<int> _values = new(capacity);

        public override long this[int row]
        {
            get => _values[row];
            set => _values[row] = checked((int)value);
        }

        public override void MakeRoom(int row) => _values.MakeRoom(row);
    }

    private sealed class Longs(int capacity) : ColumnValues
    {
        private readonly ChunkedArray<long> _values = new(capacity);

        public override long this[int row]
        {
            get => _values[row];
            set => _values[row] = value;
        }

        public override void MakeRoom(int row) => _values.MakeRoom(row);
    }
}
