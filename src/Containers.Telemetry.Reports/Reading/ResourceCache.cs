using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>Caches parsed resources, each in the slot of its hash: publishes of one machine follow one another. For one thread.</summary>
internal sealed class ResourceCache
{
    private const int Places = 2048;
    private readonly KnownResource?[] _places = new KnownResource?[Places];

    /// <summary>Finds a parsed resource; null if it is not cached.</summary>
    /// <param name="hash">Its hash, to be passed to <see cref="Add"/> if nothing was found.</param>
    public KnownResource? Find(ReadOnlySpan<byte> text, out ulong hash)
    {
        hash = Utf8Hash.Of(text);
        return _places[hash % Places] is { } known && known.Is(text, hash) ? known : null;
    }

    /// <summary>Caches the numbers of a resource that was not found.</summary>
    public KnownResource Add(ReadOnlySpan<byte> text, ulong hash, long[] numbers)
    {
        KnownResource known = _places[hash % Places] ??= new KnownResource(numbers.Length);
        known.Become(text, hash, numbers);
        return known;
    }
}

internal sealed class KnownResource(int columns)
{
    // The numbers that are not 0, and their columns.
    private readonly long[] _numbers = new long[columns];
    private readonly int[] _columns = new int[columns];
    private byte[] _text = [];
    private int _length;
    private ulong _hash;
    private int _count;

    public bool Is(ReadOnlySpan<byte> text, ulong hash) => _hash == hash && text.SequenceEqual(_text.AsSpan(0, _length));

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
