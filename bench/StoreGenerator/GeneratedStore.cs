using System.Globalization;

namespace Containers.Telemetry.StoreGenerator;

/// <summary>Writes generated publishes into a folder as the store would: segments of lines, in the order of time.</summary>
internal static class GeneratedStore
{
    private const long SegmentSize = 32 << 20;
    private const int BufferSize = 1 << 16;

    /// <summary>One event in this many is written twice, as delivery at least once does.</summary>
    private const int DuplicateOneIn = 500;

    /// <summary>Writes the publishes.</summary>
    /// <param name="folder">Created if it does not exist.</param>
    /// <param name="publishes">How many.</param>
    /// <param name="seed">The same seed gives the same bytes.</param>
    /// <param name="isPlain">Whether each publish shall be two lines, no more and no less.</param>
    /// <returns>Number of bytes written.</returns>
    public static long Write(string folder, int publishes, int seed, bool isPlain = false)
    {
        Directory.CreateDirectory(folder);
        var random = new Random(seed);
        FileStream? segment = null;
        long total = 0;
        int segments = 0;
        try
        {
            foreach (GeneratedEvent generated in PublishHistory.Events(publishes, random, isPlain))
            {
                if (segment is null || segment.Position >= SegmentSize)
                {
                    total += segment?.Position ?? 0;
                    segment?.Dispose();
                    segment = new FileStream(Path.Combine(folder, SegmentName(++segments, generated.Time)), FileMode.Create, FileAccess.Write, FileShare.Read, BufferSize);
                }

                int copies = !isPlain && random.Next(DuplicateOneIn) == 0 ? 2 : 1;
                for (int copy = 0; copy < copies; copy++)
                {
                    generated.WriteTo(segment);
                }
            }

            return total + (segment?.Position ?? 0);
        }
        finally
        {
            segment?.Dispose();
        }
    }

    /// <summary>The name that the store would give, so that all commands find the events, not reports alone.</summary>
    private static string SegmentName(int number, DateTimeOffset begun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:D10}-{begun.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}.jsonl");
}
