namespace Containers.Telemetry.TestInfrastructure;

/// <summary>Returns at most one piece per read, as pipes and decompression do.</summary>
/// <param name="bytes">The content.</param>
/// <param name="piece">The maximum number of bytes per read.</param>
public sealed class PiecewiseStream(byte[] bytes, int piece) : MemoryStream(bytes)
{
    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, piece));
}
