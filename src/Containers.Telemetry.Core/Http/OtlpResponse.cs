using System.Buffers;
using System.Net.Http.Headers;
using Containers.Telemetry.Endpoints;

namespace Containers.Telemetry.Http;

/// <param name="time">The clock by which a <c>Retry-After</c> that names a time is understood.</param>
internal sealed class OtlpResponse(TimeProvider time)
{
    // More than any endpoint answers to one request.
    private const int MaxLength = 64 * 1024;

    /// <param name="response">The response, of which the head has been read.</param>
    public ExportResult Read(HttpResponseMessage response, OtlpProtocol protocol, CancellationToken cancellationToken)
    {
        int status = (int)response.StatusCode;
        if (status is < 200 or >= 300)
        {
            return JudgeHttp(response, status);
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(MaxLength);
        try
        {
            if (protocol is OtlpProtocol.Grpc)
            {
                int length = ReadBody(response, buffer, cancellationToken);
                return JudgeCall(new GrpcTrailers(response), status, GrpcMessage.First(buffer.AsSpan(0, length)));
            }

            return new ExportResult(ExportOutcome.Delivered, new EndpointStatus(status), ReadPartialSuccess(response, protocol, buffer, cancellationToken));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static PartialSuccess ReadPartialSuccess(HttpResponseMessage response, OtlpProtocol protocol, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            ReadOnlySpan<byte> body = buffer.AsSpan(0, ReadBody(response, buffer, cancellationToken));
            bool isJson = protocol is OtlpProtocol.HttpJson || response.Content.Headers.ContentType?.MediaType == "application/json";
            return isJson ? PartialSuccess.Read(body) : PartialSuccess.ReadProtobuf(body);
        }
        catch (Exception)
        {
            // By the status the request was accepted. Sending it again because the rest is lost would duplicate its events.
            return default;
        }
    }

    private static int ReadBody(HttpResponseMessage response, byte[] buffer, CancellationToken cancellationToken)
    {
        // A blocked read ignores the token. Closing its connection wakes it.
        using CancellationTokenRegistration abort = cancellationToken.UnsafeRegister(static waiting => ((HttpResponseMessage)waiting!).Dispose(), response);
        using Stream body = response.Content.ReadAsStream(cancellationToken);
        return body.ReadAtLeast(buffer.AsSpan(0, MaxLength), MaxLength, throwOnEndOfStream: false);
    }

    // https://opentelemetry.io/docs/specs/otlp/#failures-1 names the retryable ones.
    private ExportResult JudgeHttp(HttpResponseMessage response, int status)
    {
        ExportOutcome outcome = status switch
        {
            408 or 429 or 502 or 503 or 504 => ExportOutcome.Retryable,
            413 => ExportOutcome.TooLarge,
            < 400 or 401 or 403 or 404 or 405 or 407 or 415 or 421 or 426 or 501 or 505 => ExportOutcome.Refused,
            _ => ExportOutcome.Rejected,
        };
        return new ExportResult(outcome, new EndpointStatus(status), RetryAfter: outcome is ExportOutcome.Retryable ? ReadRetryAfter(response.Headers) : null);
    }

    // https://opentelemetry.io/docs/specs/otlp/#failures names the retryable ones.
    private static ExportResult JudgeCall(GrpcTrailers trailers, int httpStatus, ReadOnlySpan<byte> message)
    {
        if (trailers.Status is not { } status)
        {
            // A web page, for example.
            return new ExportResult(ExportOutcome.Refused, new EndpointStatus(httpStatus));
        }

        TimeSpan? delay = status is GrpcStatusCode.Ok ? null : trailers.ReadRetryDelay();
        ExportOutcome outcome = status switch
        {
            GrpcStatusCode.Ok => ExportOutcome.Delivered,
            GrpcStatusCode.Canceled or GrpcStatusCode.DeadlineExceeded or GrpcStatusCode.Aborted or GrpcStatusCode.OutOfRange
                or GrpcStatusCode.Unavailable or GrpcStatusCode.DataLoss => ExportOutcome.Retryable,
            GrpcStatusCode.ResourceExhausted => delay is null ? ExportOutcome.TooLarge : ExportOutcome.Retryable,
            GrpcStatusCode.Unauthenticated or GrpcStatusCode.PermissionDenied or GrpcStatusCode.NotFound
                or GrpcStatusCode.Unimplemented => ExportOutcome.Refused,
            _ => ExportOutcome.Rejected,
        };
        PartialSuccess partialSuccess = outcome is ExportOutcome.Delivered ? PartialSuccess.ReadProtobuf(message) : default;
        return new ExportResult(outcome, new EndpointStatus(httpStatus, (int)status), partialSuccess, delay);
    }

    private TimeSpan? ReadRetryAfter(HttpResponseHeaders headers)
    {
        // Parsed by hand, since the header class rejects more than 31 bits of seconds.
        if (!headers.TryGetValues("Retry-After", out IEnumerable<string>? values) || values.FirstOrDefault()?.Trim() is not { Length: > 0 } text)
        {
            return null;
        }

        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seconds))
        {
            return TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue));
        }

        if (!DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment))
        {
            return null;
        }

        TimeSpan wait = moment - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
