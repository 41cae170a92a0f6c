using Containers.Telemetry.Endpoints;

namespace Containers.Telemetry.Http;

/// <summary>Sends OTLP requests, one at a time. Synchronous, since the caller waits anyway and no state machine has to be compiled.</summary>
public sealed class OtlpHttpExporter : IDisposable
{
    // Longer than a timer supports means no limit.
    private static readonly TimeSpan LongestLimit = TimeSpan.FromDays(1);

    private readonly OtlpRequest _request;
    private readonly OtlpResponse _response;
    private OtlpTransport? _transport;

    /// <summary>Creates an exporter. Nothing is loaded or opened before the first request.</summary>
    /// <param name="version">The version of this package, for the <c>User-Agent</c> header.</param>
    /// <param name="time">The clock by which a <c>Retry-After</c> that names a time is understood.</param>
    public OtlpHttpExporter(string version, TimeProvider time)
    {
        _request = new OtlpRequest("Containers.Telemetry/" + version);
        _response = new OtlpResponse(time);
    }

    public void Dispose()
    {
        _transport?.Dispose();
        _request.Dispose();
    }

    /// <summary>Sends one request. Never throws: a failure is an outcome.</summary>
    /// <param name="body">The request's body in the encoding of the destination's protocol, not compressed.</param>
    /// <param name="isCompressed">Whether the body is compressed with gzip on the way.</param>
    /// <param name="limit">The limit for everything, connecting included; the destination's own timeout applies, too.</param>
    /// <param name="cancellationToken">Ends the request as a retryable one.</param>
    internal ExportResult Send(OtlpDestination destination, ReadOnlyMemory<byte> body, bool isCompressed, TimeSpan limit, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bool isLimitShorter = destination.Timeout == Timeout.InfiniteTimeSpan || limit < destination.Timeout;
        TimeSpan longest = !isLimitShorter ? destination.Timeout : limit < LongestLimit ? limit : LongestLimit;
        stop.CancelAfter(longest > TimeSpan.Zero ? longest : TimeSpan.Zero);

        try
        {
            using HttpRequestMessage request = _request.Create(destination, body, isCompressed);
            using HttpResponseMessage response = TransportFor(destination).Send(request, stop.Token);
            return _response.Read(response, destination.Protocol, stop.Token);
        }
        catch (Exception)
        {
            // Refused, reset, timed out, untrusted: in all cases the events wait. Catch everything, since no exception of an HTTP stack may fail a publish.
            return new ExportResult(ExportOutcome.Retryable, IsOutOfTime: isLimitShorter && stop.IsCancellationRequested);
        }
    }

    private OtlpTransport TransportFor(OtlpDestination destination)
    {
        if (_transport is null || !_transport.IsFor(destination))
        {
            _transport?.Dispose();
            _transport = null;
            _transport = new OtlpTransport(destination);
        }

        return _transport;
    }
}
