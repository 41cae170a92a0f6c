using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>
/// Remembers what resources were turned into, each in the one place that its hash gives it: the publishes of one machine come in rows.
/// A new one takes the place, and the memory, of the old one. For one thread.
/// </summary>
internal sealed class ResourceCache
{
    private const int Places = 2048;
    private readonly KnownResource?[] _places = new KnownResource?[Places];

    /// <summary>Finds what a resource was turned into; null where it is not remembered.</summary>
    /// <param name="text">The resource as it is written.</param>
    /// <param name="hash">Its hash, to be handed to <see cref="Add"/> when nothing was found.</param>
    public KnownResource? Find(ReadOnlySpan<byte> text, out ulong hash)
    {
        hash = Utf8Hash.Of(text);
        return _places[hash % Places] is { } known && known.Is(text, hash) ? known : null;
    }

    /// <summary>Remembers the numbers of a resource that was not found.</summary>
    public KnownResource Add(ReadOnlySpan<byte> text, ulong hash, long[] numbers)
    {
        KnownResource known = _places[hash % Places] ??= new KnownResource(numbers.Length);
        known.Become(text, hash, numbers);
        return known;
    }
}

/// <summary>What a resource was turned into.</summary>
/// <param name="columns">The number of columns.</param>
internal sealed class KnownResource(int columns)
{
    // The numbers that are not 0, and their columns.
    private readonly long[] _numbers = new long[columns];
    private readonly int[] _columns = new int[columns];
    private byte[] _text = [];
    private int _length;
    private ulong _hash;
    private int _count;

    /// <summary>Whether it is the one with this text.</summary>
    public bool Is(ReadOnlySpan<byte> text, ulong hash) => _hash == hash && text.SequenceEqual(_text.AsSpan(0, _length));

    /// <summary>Takes the place of another one.</summary>
    public void Become(ReadOnlySpan<byte> text, ulong hash, long[] numbers)
    {
        if (_text.Length < text.Length)
        {
            _text = new byte[text.Length + (text.Length / 8)];
        }

        text.CopyTo(_text);
        (_length, _hash, _count) = (text.Length, hash, 0);
        for (int column = 0; column < numbers.Length; column++)
        {
            if (numbers[column] != 0)
            {
                (_columns[_count], _numbers[_count++]) = (column, numbers[column]);
            }
        }
    }

    /// <summary>Fills in the numbers of columns that have none.</summary>
    public void CopyTo(long[] numbers)
    {
        for (int i = 0; i < _count; i++)
        {
            ref long number = ref numbers[_columns[i]];
            number = number == 0 ? _numbers[i] : number;
        }
    }
}
