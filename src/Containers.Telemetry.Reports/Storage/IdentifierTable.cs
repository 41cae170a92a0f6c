namespace Containers.Telemetry.Reports.Storage;

/// <summary>Numbers identifiers in the order in which they are first seen. For one thread at a time.</summary>
/// <remarks>Not a dictionary of the framework: its code for keys of value types is compiled in each process.</remarks>
internal sealed class IdentifierTable
{
    private int[] _table = new int[64];
    private Identifier[] _identifiers = new Identifier[32];

    /// <summary>How many there are. They have the indexes from 0.</summary>
    public int Count { get; private set; }

    public Identifier this[int index] => _identifiers[index];

    /// <summary>Returns the index of an identifier; -1 if it is missing and not added.</summary>
    /// <param name="add">Whether to add a missing one.</param>
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

        return add ? Put(identifier, slot) : -1;
    }

    public bool Contains(Identifier identifier) => Count > 0 && Find(identifier, Utf8Hash.Of(identifier), add: false) >= 0;

    /// <returns>Its index.</returns>
    public int Add(Identifier identifier) => Find(identifier, Utf8Hash.Of(identifier), add: true);

    private int Put(Identifier identifier, int slot)
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
