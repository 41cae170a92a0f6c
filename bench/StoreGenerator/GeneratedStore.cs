using System.Globalization;

namespace Containers.Telemetry.StoreGenerator;

/// <summary>Writes generated publishes into a folder in the form of a store: segments of lines, ordered by time.</summary>
internal static class GeneratedStore
{
    private const long SegmentSize = 32 << 20;
    private const int BufferSize = 1 << 16;

    /// <summary>One in this many events is written twice, to simulate at-least-once delivery.</summary>
    private const int DuplicateOneIn = 500;

    /// <summary>Writes the publishes.</summary>
    /// <param name="folder">Created if it does not exist.</param>
    /// <param name="publishes">The number of publishes.</param>
    /// <param name="seed">The same seed gives the same bytes.</param>
    /// <param name="isPlain">Whether each publish has exactly two lines.</param>
    /// <returns>The number of bytes written.</returns>
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

    /// <summary>The name that a store gives its segments, so that all commands find the events, not only reports.</summary>
    private static string SegmentName(int number, DateTimeOffset begun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:D10}-{begun.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}.jsonl");
}
