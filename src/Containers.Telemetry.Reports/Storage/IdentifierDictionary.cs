namespace Containers.Telemetry.Reports.Storage;

/// <summary>
/// Numbers identifiers of 128 bits, 1 and up; 0 means none. Takes about 30 bytes an identifier. Safe for many threads.
/// </summary>
internal sealed class IdentifierDictionary
{
    private const int ShardBits = 4;
    private readonly Shard[] _shards = [.. Enumerable.Range(0, 1 << ShardBits).Select(_ => new Shard())];

    /// <summary>Returns the number of an identifier, a new one for one that was not seen before.</summary>
    public int NumberOf(Identifier identifier)
    {
        if (identifier.IsNone)
        {
            return 0;
        }

        ulong hash = Utf8Hash.Of(identifier);
        int shardNumber = (int)(hash >> (64 - ShardBits));
        Shard shard = _shards[shardNumber];
        lock (shard)
        {
            return 1 + ((shard.Find(identifier, hash, add: true) << ShardBits) | shardNumber);
        }
    }

    /// <summary>Finds the number of an identifier; null when it was never seen.</summary>
    public int? Find(Identifier identifier)
    {
        ulong hash = Utf8Hash.Of(identifier);
        int shardNumber = (int)(hash >> (64 - ShardBits));
        Shard shard = _shards[shardNumber];
        lock (shard)
        {
            int index = shard.Find(identifier, hash, add: false);
            return index < 0 ? null : 1 + ((index << ShardBits) | shardNumber);
        }
    }

    /// <summary>Returns the identifier of a number other than 0.</summary>
    public Identifier IdentifierOf(int number) => _shards[(number - 1) & ((1 << ShardBits) - 1)].IdentifierAt((number - 1) >> ShardBits);

    /// <summary>One more than the highest number in use.</summary>
    public int Limit => 1 + (_shards.Max(static shard => shard.Count) << ShardBits);

    /// <summary>A part of the identifiers with a lock of its own.</summary>
    private sealed class Shard
    {
        private int[] _table = new int[64];
        private Identifier[] _identifiers = new Identifier[32];

        public int Count { get; private set; }

        public Identifier IdentifierAt(int index) => _identifiers[index];

        public int Find(Identifier identifier, ulong hash, bool add)
        {
            int mask = _table.Length - 1;
            int slot = (int)hash & mask;
            while (_table[slot] != 0)
            {
                if (_identifiers[_table[slot] - 1] == identifier)
                {
                    return _table[slot] - 1;
                }

                slot = (slot + 1) & mask;
            }

            return add ? Add(identifier, slot) : -1;
        }

        private int Add(Identifier identifier, int slot)
        {
            if (Count == _identifiers.Length)
            {
                Array.Resize(ref _identifiers, Count + (Count / 2));
            }

            _identifiers[Count++] = identifier;
            _table[slot] = Count;
            if (Count * 4 > _table.Length * 3)
            {
                Rehash();
            }

            return Count - 1;
        }

        private void Rehash()
        {
            var table = new int[_table.Length * 2];
            int mask = table.Length - 1;
            for (int i = 0; i < Count; i++)
            {
                int slot = (int)Utf8Hash.Of(_identifiers[i]) & mask;
                while (table[slot] != 0)
                {
                    slot = (slot + 1) & mask;
                }

                table[slot] = i + 1;
            }

            _table = table;
        }
    }
}
