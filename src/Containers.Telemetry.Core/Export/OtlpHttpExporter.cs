using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Headers;

namespace Containers.Telemetry.Export;

/// <summary>
/// Sends OTLP/JSON requests over HTTP, one at a time. Synchronous, because that is what a build can afford: the caller waits anyhow, and no
/// state machine has to be prepared.
/// </summary>
public sealed class OtlpHttpExporter : IDisposable
{
    // More than any endpoint has to say about one request.
    private const int MaxResponseLength = 64 * 1024;

    // More than a timer takes is no limit at all.
    private static readonly TimeSpan LongestLimit = TimeSpan.FromDays(1);

    private readonly string _userAgent;
    private readonly TimeProvider _time;
    private readonly MemoryStream _compressed = new();
    private OtlpTransport? _transport;

    /// <summary>Creates an exporter. Nothing is loaded or opened before something is sent.</summary>
    /// <param name="version">The version of this package, for the <c>User-Agent</c> header.</param>
    /// <param name="time">The clock by which a <c>Retry-After</c> that names a time is understood.</param>
    public OtlpHttpExporter(string version, TimeProvider time)
    {
        _userAgent = "Containers.Telemetry/" + version;
        _time = time;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _transport?.Dispose();
        _compressed.Dispose();
    }

    /// <summary>Sends one request. Never throws: what goes wrong on the way is an outcome.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="body">The request's body, not compressed.</param>
    /// <param name="isCompressed">Whether the body is compressed with gzip on the way.</param>
    /// <param name="limit">The time that everything, connecting included, may take; the destination's own timeout applies too.</param>
    /// <param name="cancellationToken">Ends the request as a retryable one.</param>
    internal ExportResult Send(OtlpDestination destination, ReadOnlyMemory<byte> body, bool isCompressed, TimeSpan limit, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bool isLimitShorter = destination.Timeout == Timeout.InfiniteTimeSpan || limit < destination.Timeout;
        stop.CancelAfter(!isLimitShorter ? destination.Timeout : limit < LongestLimit ? limit : LongestLimit);

        try
        {
            using HttpRequestMessage request = CreateRequest(destination, body, isCompressed);
            using HttpResponseMessage response = TransportFor(destination).Send(request, stop.Token);
            return Judge(response, stop.Token);
        }
        catch (Exception)
        {
            // Refused, reset, timed out, no trust: one and the same for the events, which wait. Nothing else is known about what an
            // HTTP stack throws, and nothing that it throws is worth a publish.
            return new ExportResult(ExportOutcome.Retryable, isOutOfTime: isLimitShorter && stop.IsCancellationRequested);
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

    private HttpRequestMessage CreateRequest(OtlpDestination destination, ReadOnlyMemory<byte> body, bool isCompressed)
    {
        ReadOnlyMemoryContent content = new(isCompressed ? Compress(body.Span) : body);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");

        if (isCompressed)
        {
            content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");
        }

        HttpRequestMessage request = new(HttpMethod.Post, destination.Address) { Content = content };

        foreach (NamedValue header in destination.Headers)
        {
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }

        if (!request.Headers.Contains("User-Agent"))
        {
            request.Headers.TryAddWithoutValidation("User-Agent", _userAgent);
        }

        return request;
    }

    private ReadOnlyMemory<byte> Compress(ReadOnlySpan<byte> body)
    {
        _compressed.SetLength(0);

        // The fastest level: the lines of a batch repeat each other, so that it is nearly as short as with the others.
        using (GZipStream gzip = new(_compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(body);
        }

        return _compressed.GetBuffer().AsMemory(0, (int)_compressed.Length);
    }

    private ExportResult Judge(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        int status = (int)response.StatusCode;

        return status switch
        {
            >= 200 and < 300 => new ExportResult(ExportOutcome.Delivered, status, ReadRejectedItems(response, cancellationToken)),
            408 or 429 or 502 or 503 or 504 => new ExportResult(ExportOutcome.Retryable, status, retryAfter: ReadRetryAfter(response.Headers)),
            _ => new ExportResult(ExportOutcome.Rejected, status),
        };
    }

    private static long ReadRejectedItems(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(MaxResponseLength);

        try
        {
            // A read that waits does not see the token. The end of its connection wakes it.
            using CancellationTokenRegistration abort = cancellationToken.UnsafeRegister(static waiting => ((HttpResponseMessage)waiting!).Dispose(), response);
            using Stream body = response.Content.ReadAsStream(cancellationToken);
            int length = body.ReadAtLeast(buffer.AsSpan(0, MaxResponseLength), MaxResponseLength, throwOnEndOfStream: false);
            return PartialSuccess.CountRejected(buffer.AsSpan(0, length));
        }
        catch (Exception)
        {
            // The status has said that the request was taken. Sending it once more because the rest is lost would double its events.
            return 0;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private TimeSpan? ReadRetryAfter(HttpResponseHeaders headers)
    {
        // By hand for the seconds: the header class gives up on more than 31 bits of them.
        if (!headers.TryGetValues("Retry-After", out IEnumerable<string>? values) || values.FirstOrDefault()?.Trim() is not { Length: > 0 } text)
        {
            return null;
        }

        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seconds))
        {
            return TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue));
        }

        if (!DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
        {
            return null;
        }

        TimeSpan wait = time - _time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
