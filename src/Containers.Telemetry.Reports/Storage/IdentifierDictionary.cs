namespace Containers.Telemetry.Reports.Storage;

/// <summary>Numbers identifiers of 128 bits, 1 and up; 0 means none. Takes about 30 bytes per identifier. Safe for many threads.</summary>
internal sealed class IdentifierDictionary
{
    private const int ShardBits = 4;
    private readonly IdentifierTable[] _shards = new IdentifierTable[1 << ShardBits];

    public IdentifierDictionary()
    {
        for (int shard = 0; shard < _shards.Length; shard++)
        {
            _shards[shard] = new IdentifierTable();
        }
    }

    /// <summary>Returns the number of an identifier, a new number for a new identifier.</summary>
    public int NumberOf(Identifier identifier) => identifier.IsNone ? 0 : Find(identifier, add: true)!.Value;

    /// <summary>Finds the number of an identifier; null when it was never seen.</summary>
    public int? Find(Identifier identifier) => Find(identifier, add: false);

    /// <summary>Returns identifiers that begin alike, at most <see cref="IdentifierBeginning.Enough"/>. Not while others are added.</summary>
    public IReadOnlyList<Identifier> BeginningWith(IdentifierBeginning beginning)
    {
        var found = new List<Identifier>();
        foreach (IdentifierTable shard in _shards)
        {
            for (int i = 0; i < shard.Count && found.Count < IdentifierBeginning.Enough; i++)
            {
                if (beginning.Begins(shard[i]))
                {
                    found.Add(shard[i]);
                }
            }
        }

        return found;
    }

    /// <summary>Returns the identifier of a number other than 0.</summary>
    public Identifier IdentifierOf(int number) => _shards[(number - 1) & ((1 << ShardBits) - 1)][(number - 1) >> ShardBits];

    /// <summary>One more than the highest number in use.</summary>
    public int Limit => 1 + (_shards.Max(static shard => shard.Count) << ShardBits);

    private int? Find(Identifier identifier, bool add)
    {
        ulong hash = Utf8Hash.Of(identifier);
        int shardNumber = (int)(hash >> (64 - ShardBits));
        IdentifierTable shard = _shards[shardNumber];
        lock (shard)
        {
            int index = shard.Find(identifier, hash, add);
            return index < 0 ? null : 1 + ((index << ShardBits) | shardNumber);
        }
    }
}
