using System.Diagnostics;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Events;
using Containers.Telemetry.Http;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.Settings;
using Containers.Telemetry.Store;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Delivery;

/// <summary>Sends events to the user's endpoints by OTLP: through an outbox, and within the budget of a publish.</summary>
internal sealed class EventExport
{
    private const int LineCapacity = 4096;

    private readonly OtlpSettings _settings;
    private readonly string _outboxFolder;
    private TimeSpan _budget;

    private EventExport(OtlpSettings settings, string outboxFolder, TimeSpan budget)
    {
        _settings = settings;
        _outboxFolder = outboxFolder;
        _budget = budget;
    }

    /// <summary>Reads the endpoints from the project and the environment; null for none, or without a folder for the outbox.</summary>
    /// <param name="dataFolder">The folder of the user's data; null for none.</param>
    /// <param name="isContinuousIntegration">Whether the build runs in continuous integration, where it may take longer.</param>
    public static EventExport? Create(TelemetrySettings settings, string? dataFolder, bool isContinuousIntegration, ICollection<SettingProblem> problems)
    {
        TimeSpan budget = ExportBudget.Read(settings.ExportBudget, isContinuousIntegration, problems);
        OtlpSettings? otlp = OtlpSettings.Resolve(
            settings.Endpoint, settings.AllowInsecureEndpoint, Environment.GetEnvironmentVariable, problems, settings.Protocol, settings.Metrics);
        return otlp is null || dataFolder is null ? null : new EventExport(otlp, StoreLayout.OutboxIn(dataFolder), budget);
    }

    public bool HasSpans => _settings.Traces is not null;

    /// <summary>Returns the hosts that events are sent to, each with its port unless that is the usual one.</summary>
    public List<string> ListHosts() => [.. _settings.Destinations.Select(static destination => destination.Address.Authority).Distinct()];

    /// <summary>Returns a warning if an endpoint has refused everything for long, at most once a day; null for none.</summary>
    /// <exception cref="StoreException">The outbox could not be read or written.</exception>
    public SettingProblem? TakeRefusal()
    {
        SettingProblem? problem = null;

        // One warning serves all signals, so all count as reported.
        foreach (OtlpDestination destination in _settings.Destinations)
        {
            if (new Outbox(_outboxFolder, destination).TakeRefusalToTell() is { } answer)
            {
                problem ??= Refusal(destination, answer);
            }
        }

        return problem;
    }

    /// <summary>Queues an event, and sends queued events within the budget of this project's build. The rest waits for the next publish.</summary>
    /// <param name="containerEvent">The event, complete.</param>
    /// <param name="spanStart">The start of the publish if the event ends it: then its span is queued, too, unless the caller's trace is not recorded.</param>
    /// <param name="parts">Parts of the publish that have ended, each with a span.</param>
    /// <param name="isSent">Whether to send now.</param>
    /// <exception cref="StoreException">The outbox could not be read or written.</exception>
    public void Deliver(
        ContainerEvent containerEvent,
        TraceContext trace,
        DateTimeOffset? spanStart,
        IReadOnlyList<PublishPart> parts,
        bool isSent,
        CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        try
        {
            using var export = new OtlpExport(_settings, _outboxFolder, BuildSurroundings.PackageVersion ?? "0");
            try
            {
                Queue(export, containerEvent, trace, spanStart, parts);
                if (isSent && LimitSince(began) is var limit && limit > TimeSpan.Zero && !cancellationToken.IsCancellationRequested)
                {
                    export.Drain(limit, cancellationToken);
                }
            }
            finally
            {
                // Metrics do not need the outbox, so they are sent even if it cannot be used.
                if (isSent && spanStart is { } start)
                {
                    export.SendMetrics(
                        line => OtlpMetricsLine.Write(line, containerEvent, start, _settings.ResourceAttributes),
                        LimitSince(began),
                        cancellationToken);
                }
            }
        }
        finally
        {
            _budget -= Stopwatch.GetElapsedTime(began);
        }
    }

    private static SettingProblem Refusal(OtlpDestination destination, EndpointAnswer answer)
    {
        string what = destination.Signal is OtlpSignal.Metrics ? "Metrics are lost meanwhile" : "Events wait in the outbox";
        return Diagnostics.RefusingEndpoint.Problem(destination.Url, answer.Status, EndpointAdvice.For(answer.Status), what);
    }

    // Giving up takes time, too: the connection is closed, and the state is written.
    private TimeSpan LimitSince(long began) => (_budget - Stopwatch.GetElapsedTime(began)) * 0.9;

    private void Queue(OtlpExport export, ContainerEvent containerEvent, TraceContext trace, DateTimeOffset? spanStart, IReadOnlyList<PublishPart> parts)
    {
        using var line = new MemoryStream(LineCapacity);
        if (_settings.Logs is not null)
        {
            OtlpLogLine.Write(line, containerEvent, trace, _settings.ResourceAttributes, isSent: true);
            export.Append(OtlpSignal.Logs, line.GetBuffer().AsSpan(0, (int)line.Length), _budget);
            line.SetLength(0);
        }

        WriteSpans(line, containerEvent, trace, spanStart, parts);
        if (line.Length > 0)
        {
            export.Append(OtlpSignal.Traces, line.GetBuffer().AsSpan(0, (int)line.Length), _budget);
        }
    }

    private void WriteSpans(MemoryStream line, ContainerEvent containerEvent, TraceContext trace, DateTimeOffset? spanStart, IReadOnlyList<PublishPart> parts)
    {
        if (!HasSpans || !trace.IsSampled)
        {
            return;
        }

        if (spanStart is { } start)
        {
            OtlpSpanLine.Write(line, containerEvent, start, trace, _settings.ResourceAttributes, parts);
        }
        else if (parts.Count > 0)
        {
            OtlpSpanLine.WriteParts(line, containerEvent, trace, _settings.ResourceAttributes, parts);
        }
    }
}
