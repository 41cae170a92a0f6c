namespace Containers.Telemetry.Reports.Storage;

/// <summary>The values of one column, one number per publish, in as few bytes as possible.</summary>
/// <remarks>A class for each width, not a generic one, since generic arithmetic is never compiled ahead of time.</remarks>
internal abstract class ColumnValues
{
    public abstract long this[int row] { get; set; }

    /// <summary>Makes room for a row. One thread at a time may do so.</summary>
    public abstract void MakeRoom(int row);

    /// <summary>Swaps the number of each row in turn with that of another row.</summary>
    public abstract void Swap(int[] others);

    /// <param name="width">Bytes per number: 1, 2, 4 or 8. Numbers of one and two bytes have no sign.</param>
    public static ColumnValues Create(int width) => width switch
    {
        1 => new Bytes(),
        2 => new Shorts(),
        4 => new Ints(),
        8 => new Longs(),
        _ => throw new ArgumentOutOfRangeException(nameof(width), width, "A number has 1, 2, 4 or 8 bytes."),
    };

    private sealed class Bytes : ColumnValues
    {
        private readonly ChunkedArray<byte> _values = new();

        public override long this[int row]
        {
            get => _values[row];
            set => _values[row] = checked((byte)value);
        }

        public override void MakeRoom(int row) => _values.MakeRoom(row);

        public override void Swap(int[] others) => _values.Swap(others);
    }

    private sealed class Shorts : ColumnValues
    {
        private readonly ChunkedArray<ushort> _values = new();

        public override long this[int row]
        {
            get => _values[row];
            set => _values[row] = checked((ushort)value);
        }

        public override void MakeRoom(int row) => _values.MakeRoom(row);

        public override void Swap(int[] others) => _values.Swap(others);
    }

    private sealed class Ints : ColumnValues
    {
        private readonly ChunkedArray<int> _values = new();

        public override long this[int row]
        {
            get => _values[row];
            set => _values[row] = checked((int)value);
        }

        public override void MakeRoom(int row) => _values.MakeRoom(row);

        public override void Swap(int[] others) => _values.Swap(others);
    }

    private sealed class Longs : ColumnValues
    {
        private readonly ChunkedArray<long> _values = new();

        public override long this[int row]
        {
            get => _values[row];
            set => _values[row] = value;
        }

        public override void MakeRoom(int row) => _values.MakeRoom(row);

        public override void Swap(int[] others) => _values.Swap(others);
    }
}
