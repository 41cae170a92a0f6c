using System.Diagnostics;
using System.Globalization;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Events;
using Containers.Telemetry.Http;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.Store;

namespace Containers.Telemetry.ExportCost;

/// <summary>Sends a full outbox.</summary>
internal static class Drain
{
    // Room for all events, because this measures the sending.
    private const long MaxBytes = 4L << 30;

    public static OtlpSettings Resolve(string endpoint) =>
        OtlpSettings.Resolve(endpoint, null, static _ => null, []) ?? throw new ArgumentException("The endpoint cannot be used.", nameof(endpoint));

    public static byte[] CreateLine()
    {
        using MemoryStream line = new();
        OtlpLogLine.Write(line, Examples.Success(), TraceContext.Create(Guid.NewGuid(), null, null), []);
        return line.ToArray();
    }

    public static void Fill(string outbox, string endpoint, int events)
    {
        Outbox box = new(outbox, Resolve(endpoint).Logs!, MaxBytes);
        byte[] line = CreateLine();
        int linesAtOnce = SegmentedLog.MaxAppendBytes / line.Length;
        byte[] lines = [.. Enumerable.Repeat(line, linesAtOnce).SelectMany(static bytes => bytes)];

        for (int left = events; left > 0; left -= linesAtOnce)
        {
            box.Append(lines.AsSpan(0, Math.Min(left, linesAtOnce) * line.Length));
        }
    }

    public static void Run(string outbox, string endpoint)
    {
        Outbox box = new(outbox, Resolve(endpoint).Logs!, MaxBytes);
        using OtlpHttpExporter exporter = new("0.0.0", TimeProvider.System);
        long bytes = box.GetStatus().PendingBytes;
        TimeSpan cpuBefore = Environment.CpuUsage.TotalTime;
        long began = Stopwatch.GetTimestamp();

        DrainResult result = box.Drain(exporter, TimeSpan.FromMinutes(10), CancellationToken.None);

        TimeSpan elapsed = Stopwatch.GetElapsedTime(began);
        TimeSpan cpu = Environment.CpuUsage.TotalTime - cpuBefore;
        using Process self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.End}, {result.Delivered:N0} delivered of {bytes / (double)result.Delivered:N0} bytes each, {elapsed.TotalSeconds:N2} s, {result.Delivered / elapsed.TotalSeconds:N0} events/s, {cpu.TotalSeconds:N2} s CPU, peak {self.PeakWorkingSet64 >> 20} MiB"));
    }
}
