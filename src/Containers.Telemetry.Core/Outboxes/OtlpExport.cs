using System.Diagnostics;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Http;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Outboxes;

/// <summary>The export of a publish: into the outboxes, and from there to the endpoints, as far as the time allows.</summary>
public sealed class OtlpExport : IDisposable
{
    private readonly OtlpSettings _settings;
    private readonly Outbox? _logs;
    private readonly Outbox? _traces;
    private readonly MetricsSender? _metrics;
    private readonly OtlpHttpExporter _exporter;
    private bool _isServerDown;

    /// <summary>Prepares an export. Nothing is opened yet.</summary>
    /// <param name="outboxFolder">Full path of the folder of all outboxes.</param>
    /// <param name="version">The version of this package, for the <c>User-Agent</c> header.</param>
    public OtlpExport(OtlpSettings settings, string outboxFolder, string version, TimeProvider? time = null)
    {
        TimeProvider clock = time ?? TimeProvider.System;
        _settings = settings;
        _logs = settings.Logs is { } logs ? new Outbox(outboxFolder, logs, time: clock) : null;
        _traces = settings.Traces is { } traces ? new Outbox(outboxFolder, traces, time: clock) : null;
        _metrics = settings.Metrics is { } metrics ? new MetricsSender(outboxFolder, metrics, clock) : null;
        _exporter = new OtlpHttpExporter(version, clock);
    }

    public void Dispose() => _exporter.Dispose();

    /// <summary>Puts lines into the outbox of their signal, if that has an endpoint.</summary>
    /// <param name="lines">One request per line, each with its line feed.</param>
    /// <param name="wait">How long to wait for other writers; null for the longest useful time.</param>
    /// <exception cref="StoreException">They could not be written.</exception>
    public void Append(OtlpSignal signal, ReadOnlySpan<byte> lines, TimeSpan? wait = null) =>
        (signal is OtlpSignal.Logs ? _logs : _traces)?.Append(lines, wait);

    /// <summary>Sends the waiting events, the logs first. Returns when all is sent, the endpoint fails or the time is over.</summary>
    /// <param name="budget">The time that all of it may take, connecting included.</param>
    /// <returns>The results by signal; null for a signal without an endpoint.</returns>
    /// <exception cref="StoreException">An outbox cannot be read or written.</exception>
    public (DrainResult? Logs, DrainResult? Traces) Drain(TimeSpan budget, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        DrainResult? logs = _logs?.Drain(_exporter, budget, cancellationToken);
        DrainResult? traces;

        // One unresponsive server costs one wait, not two.
        bool shareServer = _settings.Logs?.Address.Authority == _settings.Traces?.Address.Authority;
        if (shareServer && logs is { Status.Http: 0, NextAttempt: { } next, End: DrainEnd.Failed or DrainEnd.OutOfTime })
        {
            _traces?.Postpone(next);
            traces = _traces is null ? null : new DrainResult(DrainEnd.Waiting, nextAttempt: next);
        }
        else
        {
            traces = _traces?.Drain(_exporter, budget - Stopwatch.GetElapsedTime(began), cancellationToken);
        }

        _isServerDown = IsDown(_settings.Metrics, (_settings.Logs, logs), (_settings.Traces, traces));
        return (logs, traces);
    }

    /// <summary>
    /// Sends metrics once, if they have an endpoint: without an accepting answer they are lost, and counted as missing. A server that has just failed
    /// to accept events is not tried, since that would cost the time again; nor is one in a pause after failed metrics.
    /// </summary>
    /// <param name="writeLine">Writes one request; called only if it is sent.</param>
    /// <param name="budget">The time that it may take, connecting included.</param>
    public void SendMetrics(Action<Stream> writeLine, TimeSpan budget, CancellationToken cancellationToken) =>
        _metrics?.Send(_exporter, writeLine, _isServerDown ? TimeSpan.Zero : budget, cancellationToken);

    // One signal may have been refused for its own reason; if all of them wait, the server needs a pause.
    private static bool IsDown(OtlpDestination? metrics, params ReadOnlySpan<(OtlpDestination? To, DrainResult? Result)> drained)
    {
        bool isWaiting = false;
        bool isUp = false;
        foreach ((OtlpDestination? to, DrainResult? result) in drained)
        {
            if (result is null || to?.Address.Authority != metrics?.Address.Authority)
            {
                continue;
            }

            if (result.End is DrainEnd.Failed or DrainEnd.OutOfTime or DrainEnd.Canceled)
            {
                return true;
            }

            isWaiting |= result.End is DrainEnd.Waiting;
            isUp |= result.End is not DrainEnd.Waiting;
        }

        return isWaiting && !isUp;
    }
}
