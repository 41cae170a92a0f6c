using Microsoft.Build.Logging.StructuredLogger;

namespace Containers.Telemetry.ReportThroughput;

/// <summary>
/// Reads a binary log repeatedly on all processors, in the library's fastest way: record by record, without building a tree.
/// </summary>
internal static class BinlogReading
{
    public static void Run(string file, int count)
    {
        long records = 0;
        Parallel.For(0, count, _ => Interlocked.Add(ref records, BinaryLog.ReadRecords(file).LongCount()));
        Console.WriteLine(records);
    }
}
