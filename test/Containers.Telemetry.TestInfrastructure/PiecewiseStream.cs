namespace Containers.Telemetry.TestInfrastructure;

/// <summary>Gives no more bytes at once than a piece has, as pipes and decompression do.</summary>
/// <param name="bytes">All that it gives.</param>
/// <param name="piece">The most bytes of a read.</param>
public sealed class PiecewiseStream(byte[] bytes, int piece) : MemoryStream(bytes)
{
    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, piece));
}
