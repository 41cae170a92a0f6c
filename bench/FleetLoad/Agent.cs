using System.Diagnostics;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.StoreGenerator;

namespace Containers.Telemetry.FleetLoad;

/// <summary>A build agent. It publishes again and again, with the export that a publish has.</summary>
/// <param name="number">The number of the agent: each has its own publishes.</param>
/// <param name="outbox">Its outbox.</param>
/// <param name="endpoint">Its endpoint.</param>
internal sealed class Agent(int number, string outbox, string endpoint)
{
    /// <summary>The events of a publish: an inference and an outcome.</summary>
    public const int EventsOfPublish = 2;

    // Far more than an agent publishes in a minute. A larger number makes the generator create more projects, which takes time.
    private const int MostPublishes = 10_000;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(3);

    private readonly OtlpSettings _settings = OtlpSettings.Resolve(null, null, name => VariableOf(name, endpoint), [])
        ?? throw new InvalidOperationException("The endpoint cannot be used.");

    /// <summary>The milliseconds that each publish spent on its events.</summary>
    public List<double> Costs { get; } = [];

    /// <summary>The number of events so far.</summary>
    public long Events { get; private set; }

    /// <summary>Publishes for some time.</summary>
    public void Run(TimeSpan time)
    {
        using IEnumerator<GeneratedEvent> events = PublishHistory.Events(MostPublishes, new Random(number), isPlain: true).GetEnumerator();
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < time;)
        {
            byte[][] lines = [LineOf(events), LineOf(events)];
            long began = Stopwatch.GetTimestamp();
            using var export = new OtlpExport(_settings, outbox, "0.0.0");
            Array.ForEach(lines, line => export.Append(OtlpSignal.Logs, line));
            export.Drain(Budget, CancellationToken.None);
            Costs.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            Events += EventsOfPublish;
        }
    }

    /// <summary>Sends the events in the outbox, as a later publish does.</summary>
    public void SendRest()
    {
        using var export = new OtlpExport(_settings, outbox, "0.0.0");
        export.Drain(TimeSpan.FromMinutes(1), CancellationToken.None);
    }

    private static byte[] LineOf(IEnumerator<GeneratedEvent> events)
    {
        events.MoveNext();
        using var line = new MemoryStream();
        events.Current.WriteTo(line);
        return line.ToArray();
    }

    private static string? VariableOf(string name, string endpoint) => name switch
    {
        "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT" => endpoint,
        "OTEL_EXPORTER_OTLP_LOGS_PROTOCOL" => "http/json",
        _ => null,
    };
}
