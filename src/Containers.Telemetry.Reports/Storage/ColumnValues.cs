using System.Numerics;

namespace Containers.Telemetry.Reports.Storage;

/// <summary>The values of one column, a number for each publish, in no more bytes than they need.</summary>
internal abstract class ColumnValues
{
    /// <summary>The number of a row.</summary>
    public abstract long this[int row] { get; set; }

    /// <summary>Makes room for a row. One thread at a time may do so.</summary>
    public abstract void MakeRoom(int row);

    /// <summary>Makes an empty column.</summary>
    /// <param name="width">Bytes a number: 1, 2, 4 or 8. Numbers of one and two bytes have no sign.</param>
    /// <param name="capacity">The most rows.</param>
    public static ColumnValues Create(int width, int capacity) => width switch
    {
        1 => new Values<byte>(capacity),
        2 => new Values<ushort>(capacity),
        4 => new Values<int>(capacity),
        8 => new Values<long>(capacity),
        _ => throw new ArgumentOutOfRangeException(nameof(width), width, "A number has 1, 2, 4 or 8 bytes."),
    };

    private sealed class Values<T>(int capacity) : ColumnValues
        where T : struct, IBinaryInteger<T>
    {
        private readonly ChunkedArray<T> _values = new(capacity);

        public override long this[int row]
        {
            get => long.CreateChecked(_values[row]);
            set => _values[row] = T.CreateChecked(value);
        }

        public override void MakeRoom(int row) => _values.MakeRoom(row);
    }
}
