using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>
/// Remembers what resources were turned into, each in the one place that its hash gives it: the publishes of one machine come in rows.
/// A new one takes the place, and the memory, of the old one. For one thread.
/// </summary>
internal sealed class ResourceCache
{
    private const int Places = 2048;
    private readonly Entry[] _entries = new Entry[Places];

    /// <summary>Finds what a resource was turned into.</summary>
    /// <param name="text">The resource as it is written.</param>
    /// <param name="hash">Its hash, to be handed to <see cref="Add"/> when nothing was found.</param>
    /// <param name="numbers">Its numbers by column.</param>
    public bool TryFind(ReadOnlySpan<byte> text, out ulong hash, out ReadOnlySpan<(int Column, long Number)> numbers)
    {
        hash = Utf8Hash.Of(text);
        ref Entry entry = ref _entries[hash % Places];
        numbers = entry.Numbers.AsSpan(0, entry.Count);
        return entry.Hash == hash && entry.Text is not null && text.SequenceEqual(entry.Text.AsSpan(0, entry.Length));
    }

    /// <summary>Remembers the numbers of a resource that was not found: those that are not 0, which it returns.</summary>
    public ReadOnlySpan<(int Column, long Number)> Add(ReadOnlySpan<byte> text, ulong hash, long[] numbers)
    {
        ref Entry entry = ref _entries[hash % Places];
        if (entry.Text is null || entry.Text.Length < text.Length)
        {
            entry.Text = new byte[text.Length + (text.Length / 8)];
        }

        entry.Numbers ??= new (int, long)[numbers.Length];
        entry.Hash = hash;
        entry.Length = text.Length;
        entry.Count = 0;
        text.CopyTo(entry.Text);
        for (int column = 0; column < numbers.Length; column++)
        {
            if (numbers[column] != 0)
            {
                entry.Numbers[entry.Count++] = (column, numbers[column]);
            }
        }

        return entry.Numbers.AsSpan(0, entry.Count);
    }

    private struct Entry
    {
        public ulong Hash;
        public int Length;
        public int Count;
        public byte[]? Text;
        public (int Column, long Number)[]? Numbers;
    }
}
