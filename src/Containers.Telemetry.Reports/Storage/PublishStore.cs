namespace Containers.Telemetry.Reports.Storage;

/// <summary>
/// The publishes that were read, one row each. Joins the events of a publish by its id, in any order and from any files, and drops duplicates. Safe
/// for many threads while it is filled; then it is only read.
/// </summary>
/// <remarks>Events of publishes for which there is no room are counted and dropped: the memory is bounded, and the report says that it is incomplete.</remarks>
internal sealed class PublishStore
{
    private const int ShardBits = 4;

    private readonly object _gate = new();
    private readonly int _maxPublishes;
    private readonly ChunkedArray<PublishState> _states = new();
    private readonly PublishShard[] _shards;
    private ChunkedArray<PublishEvents> _events = new();

    public PublishStore(RecordLayout layout, int maxPublishes)
    {
        Layout = layout;
        _maxPublishes = maxPublishes;
        _shards = new PublishShard[1 << ShardBits];
        for (int shard = 0; shard < _shards.Length; shard++)
        {
            _shards[shard] = new PublishShard(this);
        }
    }

    public RecordLayout Layout { get; }

    /// <summary>Number of publishes. Their rows have the numbers from 0.</summary>
    public int Count { get; private set; }

    public PublishRow this[int row]
    {
        get
        {
            ref PublishState state = ref _states[row];
            return new PublishRow(row, state.Outcome, state.Time, (int)Layout.Users.Read(row));
        }
    }

    public AddResult Add(EventRecord record)
    {
        ulong hash = Utf8Hash.Of(record.PublishId);
        PublishShard shard = _shards[(int)(hash >> (64 - ShardBits))];
        lock (shard)
        {
            return shard.Add(record, hash);
        }
    }

    /// <summary>Adds a publish whose events were joined elsewhere. One thread at a time may do so.</summary>
    /// <param name="publishId">Its id. No other publish has it.</param>
    /// <param name="time">The time of its end; without an end, of its latest event: <see cref="DateTime.Ticks"/>, UTC.</param>
    /// <returns>Its row; -1 when there is no room.</returns>
    public int Add(Identifier publishId, PublishOutcome outcome, long time)
    {
        int row = AddRow(publishId);
        if (row >= 0)
        {
            ref PublishState state = ref _states[row];
            state.Outcome = outcome;
            state.Time = time;
        }

        return row;
    }

    /// <summary>
    /// Releases the memory that only adding events needs, and orders the rows by user, so that counting by user reads the memory sequentially.
    /// Nothing may be added after that, and rows have other numbers.
    /// </summary>
    public void Seal()
    {
        _events = new ChunkedArray<PublishEvents>();
        Array.ForEach(_shards, static shard => shard.Seal());
        // A loop, since the code of Enumerable.Range is compiled in each process.
        int[] rows = new int[Count];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = row;
        }

        int[] others = Layout.Users.Sort(rows);
        for (int row = 0; row < others.Length; row++)
        {
            // An earlier swap has moved that row.
            while (others[row] < row)
            {
                others[row] = others[others[row]];
            }
        }

        _states.Swap(others);
        foreach (FieldColumn column in Layout.Columns)
        {
            column.Values.Swap(others);
        }
    }

    internal ref PublishState StateOf(int row) => ref _states[row];

    /// <summary>Returns the events with the values of a publish.</summary>
    internal ref PublishEvents EventsOf(int row) => ref _events[row];

    /// <summary>Makes a row; -1 when there is no room.</summary>
    internal int AddRow(Identifier publishId)
    {
        int row;
        lock (_gate)
        {
            if (Count == _maxPublishes)
            {
                return -1;
            }

            row = Count++;
            _states.MakeRoom(row);
            _events.MakeRoom(row);
            foreach (FieldColumn column in Layout.Columns)
            {
                column.Values.MakeRoom(row);
            }
        }

        _states[row].PublishId = publishId;
        return row;
    }
}

internal enum AddResult
{
    Added,

    /// <summary>It was read before.</summary>
    Duplicate,

    /// <summary>It belongs to a publish for which there is no room.</summary>
    OverLimit,
}
