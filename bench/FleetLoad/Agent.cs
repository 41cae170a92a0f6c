using System.Diagnostics;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.StoreGenerator;

namespace Containers.Telemetry.FleetLoad;

/// <summary>One build agent: publish after publish, each with the export that a publish has.</summary>
/// <param name="number">Which agent: it has publishes of its own.</param>
/// <param name="outbox">Its outbox.</param>
/// <param name="endpoint">Where it sends to.</param>
internal sealed class Agent(int number, string outbox, string endpoint)
{
    /// <summary>An inference and an outcome.</summary>
    public const int EventsOfPublish = 2;

    // Far more than come in a minute. There are projects for as many, which take time to make.
    private const int MostPublishes = 10_000;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(3);

    private readonly OtlpSettings _settings = OtlpSettings.Resolve(null, null, name => VariableOf(name, endpoint), [])
        ?? throw new InvalidOperationException("The endpoint cannot be used.");

    /// <summary>Milliseconds that each publish spent on its events.</summary>
    public List<double> Costs { get; } = [];

    /// <summary>Number of events so far.</summary>
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

    /// <summary>Sends what waits in the outbox, as a later publish does.</summary>
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
