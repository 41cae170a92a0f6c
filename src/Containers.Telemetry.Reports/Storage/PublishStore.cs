namespace Containers.Telemetry.Reports.Storage;

/// <summary>
/// The publishes that were read, a row each. Joins the events of a publish by its id, in whatever order and from whatever files they
/// come, and drops events that were read before. Safe for many threads while it is filled; then it is only read.
/// </summary>
/// <remarks>Events of publishes for which there is no room are counted and dropped: the memory is bounded, and the report says that it is partial.</remarks>
internal sealed class PublishStore
{
    private const int ShardBits = 4;

    private readonly object _gate = new();
    private readonly int _maxPublishes;
    private readonly ChunkedArray<PublishState> _states;
    private ChunkedArray<PublishEvents> _events;
    private readonly PublishShard[] _shards;

    /// <param name="layout">The columns.</param>
    /// <param name="maxPublishes">The most publishes to keep.</param>
    public PublishStore(RecordLayout layout, int maxPublishes)
    {
        Layout = layout;
        _maxPublishes = maxPublishes;
        _states = new ChunkedArray<PublishState>(maxPublishes);
        _events = new ChunkedArray<PublishEvents>(maxPublishes);
        foreach (FieldColumn column in layout.Columns)
        {
            column.Allocate(maxPublishes);
        }

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

    /// <summary>Takes the values of an event.</summary>
    public AddResult Add(EventRecord record)
    {
        ulong hash = Utf8Hash.Of(record.PublishId);
        PublishShard shard = _shards[(int)(hash >> (64 - ShardBits))];
        lock (shard)
        {
            return shard.Add(record, hash);
        }
    }

    /// <summary>Takes a publish whose events were joined elsewhere. One thread at a time may do so.</summary>
    /// <param name="publishId">Its id. No other publish has it.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="time">When it ended, or its latest event was raised where nothing has ended it: <see cref="DateTime.Ticks"/>, UTC.</param>
    /// <returns>Its row; -1 when there is no room.</returns>
    public int Add(Identifier publishId, PublishOutcome outcome, long time)
    {
        int row = AddRow(publishId);
        if (row >= 0)
        {
            ref PublishState state = ref _states[row];
            state.Outcome = outcome;
            state.OutcomeTime = time;
            state.LastEvent = time;
        }

        return row;
    }

    /// <summary>Lets go of what only adding events needs. Nothing may be added any more.</summary>
    public void Seal()
    {
        _events = new ChunkedArray<PublishEvents>(0);
        Array.ForEach(_shards, static shard => shard.Seal());
    }

    /// <summary>Returns what is known of a publish.</summary>
    internal ref PublishState StateOf(int row) => ref _states[row];

    /// <summary>Returns the events that a publish has its values from.</summary>
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

/// <summary>The result of adding an event.</summary>
internal enum AddResult
{
    Added,

    /// <summary>It was read before.</summary>
    Duplicate,

    /// <summary>It belongs to a publish for which there is no room.</summary>
    OverLimit,
}
