namespace Containers.Telemetry.Reports.Storage;

/// <summary>An array that grows by chunks, so that growing copies nothing and threads may write elements while another adds chunks.</summary>
/// <param name="capacity">The most elements.</param>
internal sealed class ChunkedArray<T>(int capacity)
{
    private const int ChunkBits = 12;
    private const int ChunkLength = 1 << ChunkBits;

    private readonly T[][] _chunks = new T[(capacity + ChunkLength - 1) >> ChunkBits][];

    /// <summary>An allocated element.</summary>
    public ref T this[int index] => ref _chunks[index >> ChunkBits][index & (ChunkLength - 1)];

    /// <summary>Makes room for an element. One thread at a time may do so.</summary>
    public void MakeRoom(int index) => _chunks[index >> ChunkBits] ??= new T[ChunkLength];
}
