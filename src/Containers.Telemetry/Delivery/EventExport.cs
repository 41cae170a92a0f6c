using System.Diagnostics;
using Containers.Telemetry.Events;
using Containers.Telemetry.Export;
using Containers.Telemetry.Settings;
using Containers.Telemetry.Store;

namespace Containers.Telemetry.Delivery;

/// <summary>Sends events to where the user wants them, by OTLP: through an outbox, and within the time that a publish may wait.</summary>
internal sealed class EventExport
{
    private const int LineCapacity = 4096;

    private readonly OtlpSettings _settings;
    private readonly TimeSpan _budget;
    private readonly Outbox? _logs;
    private readonly Outbox? _traces;
    private TimeSpan _spent;

    private EventExport(OtlpSettings settings, string outboxFolder, TimeSpan budget)
    {
        _settings = settings;
        _budget = budget;
        _logs = settings.Logs is { } logs ? new Outbox(outboxFolder, logs) : null;
        _traces = settings.Traces is { } traces ? new Outbox(outboxFolder, traces) : null;
    }

    /// <summary>Names of the hosts that events are sent to.</summary>
    public IReadOnlyList<string> Hosts
    {
        get
        {
            var hosts = new List<string>();
            foreach (OtlpDestination? destination in new[] { _settings.Logs, _settings.Traces })
            {
                if (destination is not null && !hosts.Contains(destination.Address.Authority))
                {
                    hosts.Add(destination.Address.Authority);
                }
            }

            return hosts;
        }
    }

    /// <summary>Reads where to send, from the project and the environment; null for nowhere, or without a folder for the outbox.</summary>
    /// <param name="settings">What the project says.</param>
    /// <param name="dataFolder">The folder of the user's data; null for none.</param>
    /// <param name="isContinuousIntegration">Whether the build runs in continuous integration, where it may take longer.</param>
    /// <param name="problems">Where problems with the settings are added.</param>
    public static EventExport? Create(TelemetrySettings settings, string? dataFolder, bool isContinuousIntegration, ICollection<SettingProblem> problems)
    {
        TimeSpan budget = ExportBudget.Read(settings.ExportBudget, isContinuousIntegration, problems);
        OtlpSettings? otlp = OtlpSettings.Resolve(settings.Endpoint, settings.AllowInsecureEndpoint, Environment.GetEnvironmentVariable, problems);
        return otlp is null || dataFolder is null ? null : new EventExport(otlp, StoreLayout.OutboxIn(dataFolder), budget);
    }

    /// <summary>Queues an event.</summary>
    /// <param name="containerEvent">The event, complete.</param>
    /// <param name="trace">The trace of its publish.</param>
    /// <param name="spanStart">When the publish began, if the event ends it; then its span is queued too.</param>
    /// <exception cref="StoreException">The outbox could not be written.</exception>
    public void Queue(ContainerEvent containerEvent, TraceContext trace, DateTimeOffset? spanStart)
    {
        using var line = new MemoryStream(LineCapacity);
        if (_logs is not null)
        {
            OtlpLogLine.Write(line, containerEvent, trace, _settings.ResourceAttributes);
            _logs.Append(line.GetBuffer().AsSpan(0, (int)line.Length));
        }

        if (_traces is not null && spanStart is { } start)
        {
            line.SetLength(0);
            OtlpSpanLine.Write(line, containerEvent, start, trace, _settings.ResourceAttributes);
            _traces.Append(line.GetBuffer().AsSpan(0, (int)line.Length));
        }
    }

    /// <summary>Sends what is queued, as far as the budget of this project's build goes. The rest waits for the next publish.</summary>
    /// <exception cref="StoreException">The outbox could not be read or written.</exception>
    public void Send()
    {
        long began = Stopwatch.GetTimestamp();
        using var exporter = new OtlpHttpExporter(BuildSurroundings.PackageVersion ?? "0", TimeProvider.System);
        foreach (Outbox? outbox in new[] { _logs, _traces })
        {
            TimeSpan left = _budget - _spent - Stopwatch.GetElapsedTime(began);
            if (outbox is not null && left > TimeSpan.Zero)
            {
                outbox.Drain(exporter, left, CancellationToken.None);
            }
        }

        _spent += Stopwatch.GetElapsedTime(began);
    }
}
