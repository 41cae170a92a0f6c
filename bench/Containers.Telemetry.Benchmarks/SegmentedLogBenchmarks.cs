using BenchmarkDotNet.Attributes;
using Containers.Telemetry.Store;

namespace Containers.Telemetry;

/// <summary>The cost of storing one event once all code is compiled. The budget is 200 µs.</summary>
[MemoryDiagnoser]
public class SegmentedLogBenchmarks
{
    private const int EventBytes = 1200;

    private readonly byte[] _line = new byte[EventBytes];
    private string _folder = "";
    private SegmentedLog _log = null!;

    [GlobalSetup]
    public void Open()
    {
        _line.AsSpan().Fill((byte)'x');
        _line[^1] = (byte)'\n';
        _folder = Directory.CreateTempSubdirectory("containers-telemetry-").FullName;
        _log = new SegmentedLog(Path.Combine(_folder, "events"), new SegmentedLogLimits());
    }

    /// <summary>Includes the event's share of creating and deleting segments.</summary>
    [Benchmark]
    public void Append() => _log.Append(_line);

    [GlobalCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);
}
