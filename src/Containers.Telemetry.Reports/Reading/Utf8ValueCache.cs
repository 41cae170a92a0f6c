using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>Caches the parsed values of repeating bytes. For one thread. When it is full, it is cleared.</summary>
/// <param name="capacity">The most values: a power of two.</param>
internal sealed class Utf8ValueCache<T>(int capacity)
{
    private Entry[] _entries = new Entry[16];
    private int _count;

    /// <param name="hash">Their hash, to be passed to <see cref="Add"/> if nothing was found.</param>
    public bool TryFind(ReadOnlySpan<byte> bytes, out ulong hash, out T value)
    {
        hash = Utf8Hash.Of(bytes);
        Entry[] entries = _entries;
        int mask = entries.Length - 1;
        for (int slot = (int)hash & mask; entries[slot].Bytes is { } known; slot = (slot + 1) & mask)
        {
            if (entries[slot].Hash == hash && bytes.SequenceEqual(known))
            {
                value = entries[slot].Value;
                return true;
            }
        }

        value = default!;
        return false;
    }

    /// <summary>Caches the value of bytes that were not found.</summary>
    public void Add(ReadOnlySpan<byte> bytes, ulong hash, T value)
    {
        if (_count * 2 >= _entries.Length)
        {
            Grow();
        }

        Place(new Entry(hash, bytes.ToArray(), value));
        _count++;
    }

    private void Grow()
    {
        Entry[] old = _entries;
        if (old.Length >= capacity * 2)
        {
            Array.Clear(old);
            _count = 0;
            return;
        }

        _entries = new Entry[old.Length * 2];
        foreach (Entry entry in old)
        {
            if (entry.Bytes is not null)
            {
                Place(entry);
            }
        }
    }

    private void Place(Entry entry)
    {
        int mask = _entries.Length - 1;
        int slot = (int)entry.Hash & mask;
        while (_entries[slot].Bytes is not null)
        {
            slot = (slot + 1) & mask;
        }

        _entries[slot] = entry;
    }

    private readonly record struct Entry(ulong Hash, byte[]? Bytes, T Value);
}
