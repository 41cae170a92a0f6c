using BenchmarkDotNet.Attributes;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry;

/// <summary>The cost of a line: written once for each event, cut and checked once for each delivery, read by reports.</summary>
[MemoryDiagnoser]
public class OtlpLineBenchmarks : IDisposable
{
    private static readonly DateTimeOffset Time = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);
    private static readonly TraceContext Trace = TraceContext.Create(Guid.Parse("019ab2c4-5d6e-7f80-9a1b-2c3d4e5f6070"), null, null);

    private readonly ContainerEvent _success = Success();
    private readonly MemoryStream _output = new(8 * 1024);
    private readonly OtlpBatch _batch = new(Stream.Null, OtlpSignal.Logs);
    private readonly byte[] _line;

    public OtlpLineBenchmarks()
    {
        OtlpLogLine.Write(_output, _success, Trace, []);
        _line = _output.ToArray();
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _output.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public long WriteLog()
    {
        _output.SetLength(0);
        OtlpLogLine.Write(_output, _success, Trace, []);
        return _output.Length;
    }

    [Benchmark]
    public long WriteSpan()
    {
        _output.SetLength(0);
        OtlpSpanLine.Write(_output, _success, Time.AddSeconds(-1), Trace, []);
        return _output.Length;
    }

    [Benchmark]
    public bool AppendToBatch() => _batch.TryAppend(_line);

    [Benchmark]
    public int Read() => OtlpLogReader.Read(_line).Events.Count;

    // The event of a real publish has as many fields of each kind.
    private static ContainerEvent Success()
    {
        var success = new ContainerEvent(EventNames.Success);
        foreach (EventField field in EventSchema.Fields.Except(InferenceFields.All).Where(field => field.SdkKey is not ("error" or "direction" or "target_rid" or "available_rids")))
        {
            success.Set(field, field.Example);
            success.Set(field, field.Example.Split(", "));
            success.Set(field, field.Kind is FieldKind.Count ? 123_456L : null);
            success.Set(field, true);
        }

        return success;
    }
}
