namespace Containers.Telemetry.Reports.Storage;

/// <summary>An array that grows by chunks, so that growing copies no element and threads may write elements while another adds chunks.</summary>
internal sealed class ChunkedArray<T>
{
    // Every chunk stays below 85,000 bytes: the garbage collector seldom moves larger objects, and leaves gaps between them.
    private const int ChunkBits = 10;
    private const int ChunkLength = 1 << ChunkBits;

    private T[][] _chunks = [];

    /// <summary>An allocated element.</summary>
    public ref T this[int index] => ref _chunks[index >> ChunkBits][index & (ChunkLength - 1)];

    /// <summary>Makes room for an element. One thread at a time may do so, for one element after another.</summary>
    public void MakeRoom(int index)
    {
        int chunk = index >> ChunkBits;
        if (chunk == _chunks.Length)
        {
            Array.Resize(ref _chunks, Math.Max(1, chunk * 2));
        }

        _chunks[chunk] ??= new T[ChunkLength];
    }

    /// <summary>Swaps each element in turn with the one at another index.</summary>
    public void Swap(int[] others)
    {
        for (int index = 0; index < others.Length; index++)
        {
            (this[index], this[others[index]]) = (this[others[index]], this[index]);
        }
    }
}
