using System.Buffers;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Store;

/// <param name="line">The line without its line feed.</param>
public delegate bool LineFilter(ReadOnlySpan<byte> line);

/// <summary>Deletes lines of a segment that no writer uses meanwhile.</summary>
internal static class SegmentRewrite
{
    private const int BufferBytes = 64 << 10;

    /// <summary>Replaces the segment in one step with the remaining lines, or deletes it if there are none.</summary>
    /// <param name="offset">Where to begin, in bytes. The lines before it remain unless the segment is deleted.</param>
    /// <param name="unfinished">Full path of a temporary file for the remaining lines.</param>
    /// <returns>The number of lines deleted; 0 if the segment is gone or this user may not read it.</returns>
    public static long DeleteLines(Segment segment, long offset, LineFilter isMeant, string unfinished)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(SegmentReader.MaxLineBytes);
        try
        {
            bool isKept = false;
            long meant = 0;
            using (SegmentReader? reader = SegmentReader.TryOpen(segment.Path, offset, buffer, out _))
            {
                while (reader is not null && reader.TryRead(out ReadOnlySpan<byte> line))
                {
                    bool goes = isMeant(line);
                    meant += goes ? 1 : 0;
                    isKept |= !goes;
                }

                isKept |= reader is null;
            }

            if (!isKept)
            {
                File.Delete(segment.Path);
            }
            else if (meant > 0)
            {
                Replace(segment, offset, isMeant, unfinished, buffer);
            }

            return meant;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Replace(Segment segment, long offset, LineFilter isMeant, string unfinished, byte[] buffer)
    {
        try
        {
            using (var kept = new BufferedStream(OwnerOnlyFile.Open(unfinished, FileMode.CreateNew, FileShare.None), BufferBytes))
            {
                CopyStart(segment, offset, kept, buffer);
                using var reader = new SegmentReader(segment.Path, offset, buffer);
                while (reader.TryRead(out ReadOnlySpan<byte> line))
                {
                    if (!isMeant(line))
                    {
                        kept.Write(line);
                        kept.WriteByte((byte)'\n');
                    }
                }
            }

            File.Move(unfinished, segment.Path, overwrite: true);
        }
        catch (Exception e) when (StoreException.IsExpected(e))
        {
            File.Delete(unfinished);
            throw;
        }
    }

    private static void CopyStart(Segment segment, long length, BufferedStream destination, byte[] buffer)
    {
        if (length == 0)
        {
            return;
        }

        using var file = new FileStream(segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        int count;
        while (length > 0 && (count = file.Read(buffer, 0, (int)Math.Min(length, buffer.Length))) > 0)
        {
            destination.Write(buffer, 0, count);
            length -= count;
        }
    }
}
