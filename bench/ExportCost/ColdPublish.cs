using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Security.Cryptography;
using System.Text;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.PublishOverhead;

namespace Containers.Telemetry.ExportCost;

/// <summary>The cost of a publish's export, step by step, the first time in a process.</summary>
internal static class ColdPublish
{
    private static readonly string[] Steps = ["settings, no endpoint", "settings", "append a log record and a span", "send both"];

    public static void Run(string outbox, string endpoint, bool isWarm)
    {
        byte[] log = Drain.CreateLine();
        byte[] span = Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(log)
            .Replace("resourceLogs", "resourceSpans", StringComparison.Ordinal)
            .Replace("scopeLogs", "scopeSpans", StringComparison.Ordinal)
            .Replace("logRecords", "spans", StringComparison.Ordinal));

        if (isWarm)
        {
            WarmUp(endpoint);
        }

        List<double> samples = [];
        OtlpSettings? settings = null;
        OtlpExport? export = null;

        Measure(samples, () => OtlpSettings.Resolve(null, null, Environment.GetEnvironmentVariable, []));
        Measure(samples, () => settings = OtlpSettings.Resolve(endpoint, null, Environment.GetEnvironmentVariable, []));
        Measure(samples, () =>
        {
            export = new OtlpExport(settings!, outbox, "0.0.0");
            export.Append(OtlpSignal.Logs, log);
            export.Append(OtlpSignal.Traces, span);
        });
        Measure(samples, () =>
        {
            (DrainResult? logs, DrainResult? traces) = export!.Drain(TimeSpan.FromSeconds(10), CancellationToken.None);
            if (logs?.Delivered != 1 || traces?.Delivered != 1)
            {
                throw new InvalidOperationException("Not delivered.");
            }
        });

        export!.Dispose();
        Console.WriteLine(string.Join(' ', samples.Select(static sample => sample.ToString("R", CultureInfo.InvariantCulture))));
    }

    public static string Report(IReadOnlyList<string> samples)
    {
        double[][] numbers = [.. samples.Select(static line => line.Split(' ').Select(static text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray())];
        StringBuilder report = new();

        for (int i = 0; i < Steps.Length; i++)
        {
            double wall = Median(3 * i);
            double cpu = Median((3 * i) + 1);
            double methods = Median((3 * i) + 2);
            report.AppendLine(CultureInfo.InvariantCulture, $"  {Steps[i],-32} {wall,7:N2} ms wall {cpu,7:N2} ms CPU {methods,5:N0} methods compiled");
        }

        return report.ToString();

        double Median(int column) => Quartiles.Of(numbers.Select(sample => sample[column])).Median;
    }

    private static void Measure(List<double> samples, Action step)
    {
        long methods = JitInfo.GetCompiledMethodCount();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long began = Stopwatch.GetTimestamp();
        step();
        samples.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        samples.Add((Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds);
        samples.Add(JitInfo.GetCompiledMethodCount() - methods);
    }

    private static void WarmUp(string endpoint)
    {
        using HttpClient client = new();
        using StringContent content = new("{}");
        client.PostAsync(new Uri(endpoint), content).GetAwaiter().GetResult().Dispose();
        SHA256.HashData([]);
    }
}
