namespace Containers.Telemetry.Reports.Storage;

/// <summary>
/// The publishes that were read, a row each. Joins the events of a publish by its id, in whatever order and from whatever files they
/// come, and drops events that were read before. Safe for many threads while it is filled; then it is only read.
/// </summary>
/// <remarks>
/// Two events are the same if their publish ids are and their ids have the same <see cref="EventFingerprint"/>. A row keeps those of its
/// inference and outcome events; those of further events of a publish (images of a multi-architecture publish) are kept beside it. Beyond
/// <paramref name="maxPublishes"/> events of publishes not seen before are counted and dropped: the memory is bounded, and the report
/// says that it is partial.
/// </remarks>
/// <param name="layout">The columns.</param>
/// <param name="maxPublishes">The most publishes to keep.</param>
internal sealed class PublishStore(RecordLayout layout, int maxPublishes)
{
    private const int ShardBits = 4;
    private readonly PublishShard[] _shards = [.. Enumerable.Range(0, 1 << ShardBits).Select(_ => new PublishShard(layout, Math.Max(1, maxPublishes >> ShardBits)))];

    public RecordLayout Layout { get; } = layout;

    /// <summary>Number of rows.</summary>
    public int Count => _shards.Sum(static shard => shard.Count);

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

    /// <summary>Lets go of what only adding events needs. Nothing may be added any more.</summary>
    public void Seal()
    {
        foreach (PublishShard shard in _shards)
        {
            shard.Seal();
        }
    }

    /// <summary>Names every row, shard by shard.</summary>
    public IEnumerable<RowReference> References()
    {
        for (int shard = 0; shard < _shards.Length; shard++)
        {
            for (int row = 0; row < _shards[shard].Count; row++)
            {
                yield return new RowReference((row << ShardBits) | shard);
            }
        }
    }

    /// <summary>Returns a row.</summary>
    public ReadOnlySpan<byte> this[RowReference reference] => _shards[reference.Value & ((1 << ShardBits) - 1)].Row(reference.Value >> ShardBits);
}

/// <summary>Names a row of a <see cref="PublishStore"/>.</summary>
internal readonly record struct RowReference(int Value);

/// <summary>What became of an event.</summary>
internal enum AddResult
{
    Added,

    /// <summary>It was read before.</summary>
    Duplicate,

    /// <summary>It belongs to a publish for which there is no room.</summary>
    OverLimit,
}
