using BenchmarkDotNet.Attributes;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Store;

namespace Containers.Telemetry;

/// <summary>The cost of reading a store, one event at a time.</summary>
[MemoryDiagnoser]
public class StoredLinesBenchmarks
{
    private const int Events = 25_000;
    private const int EventBytes = 1200;

    private string _folder = "";

    [GlobalSetup]
    public void Fill()
    {
        byte[] line = new byte[EventBytes];
        line.AsSpan().Fill((byte)'x');
        line[^1] = (byte)'\n';
        _folder = Directory.CreateTempSubdirectory("containers-telemetry-").FullName;
        var log = new SegmentedLog(Path.Combine(_folder, "events"), new SegmentedLogLimits());
        for (int i = 0; i < Events; i++)
        {
            log.Append(line);
        }
    }

    [Benchmark(OperationsPerInvoke = Events)]
    public long Read()
    {
        using var lines = new StoredLines(Path.Combine(_folder, "events"));
        long bytes = 0;
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            bytes += line.Length;
        }

        return bytes;
    }

    [GlobalCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);
}
