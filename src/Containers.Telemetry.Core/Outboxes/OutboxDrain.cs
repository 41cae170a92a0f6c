using System.Buffers;
using System.Diagnostics;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Http;
using Containers.Telemetry.Otlp.Protobuf;
using Containers.Telemetry.Store;

namespace Containers.Telemetry.Outboxes;

/// <summary>One drain of an outbox, by the owner of its lock.</summary>
internal sealed class OutboxDrain(
    OtlpDestination destination,
    OtlpHttpExporter exporter,
    OutboxState state,
    SegmentedLog log,
    string logFolder,
    TimeProvider time,
    Action<long>? progress) : IDisposable
{
    /// <summary>The most lines of a request: the batch size that the OpenTelemetry SDKs use. It is also the most that a crash can duplicate.</summary>
    public const int MaxBatchLines = 512;

    /// <summary>The most bytes of a request's lines, far below the receivers' usual limit of 4 MiB. It bounds the memory, too.</summary>
    public const int MaxBatchBytes = SegmentReader.MaxLineBytes;

    // Several times the size of any segment. A longer file does not belong to this outbox, and searching it for a line could take too long.
    private const long MaxSegmentBytes = 16 << 20;

    // Over a slow connection a full batch may take longer than the budget, and then nothing would ever be delivered. So the batches begin
    // small, and each success doubles them.
    private const int FirstBatchLines = 64;

    private readonly OtlpTranscoder? _transcoder = OtlpBatch.TranscoderFor(destination);
    private readonly MemoryStream _body = new();

    // Logs and spans of a publish are sent one after the other. Separate buffers for both would cause a full garbage collection.
    private readonly byte[] _readBuffer = ArrayPool<byte>.Shared.Rent(SegmentReader.MaxLineBytes);
    private readonly byte[] _lines = ArrayPool<byte>.Shared.Rent(MaxBatchBytes);
    private readonly long _began = Stopwatch.GetTimestamp();

    private int _batchLines = FirstBatchLines;
    private int _mostLines = MaxBatchLines;
    private int _linesInBody;
    private int _unreadableInBatch;
    private bool _isTooLarge;
    private long _delivered;
    private long _rejected;
    private long _unreadable;
    private EndpointStatus? _rejectedWith;
    private string? _message;

    public void Dispose()
    {
        _body.Dispose();
        ArrayPool<byte>.Shared.Return(_readBuffer);
        ArrayPool<byte>.Shared.Return(_lines);
    }

    /// <summary>Sends until nothing is left, the time is over, or the endpoint fails.</summary>
    public DrainResult Run(TimeSpan budget, CancellationToken cancellationToken)
    {
        long delivered;

        // Other processes append meanwhile.
        do
        {
            delivered = _delivered + _rejected;
            IReadOnlyList<Segment> segments = Segment.List(logFolder);
            state.ForgetAllBut(segments);

            foreach (Segment segment in segments)
            {
                if (SendSegment(segment, budget, cancellationToken) is { } end)
                {
                    return end;
                }
            }
        }
        while (_delivered + _rejected > delivered);

        return EndWith(DrainEnd.Empty);
    }

    // Returns null when the segment has been sent to its end.
    private DrainResult? SendSegment(Segment segment, TimeSpan budget, CancellationToken cancellationToken)
    {
        if (segment.Length > MaxSegmentBytes)
        {
            return null;
        }

        long offset;
        do
        {
            _isTooLarge = false;
            offset = state.OffsetIn(segment.Name);
            // A segment that cannot be opened must not block those after it.
            using SegmentReader? reader = SegmentReader.TryOpen(segment.Path, offset, _readBuffer, out _);
            if (reader is null)
            {
                return null;
            }

            if (SendFrom(reader, segment, ref offset, budget, cancellationToken) is { } end)
            {
                return end;
            }
        }
        while (_isTooLarge);

        if (log.TryDelete(segment, offset))
        {
            state.Forget(segment.Name);
        }
        else
        {
            state.Advance(segment.Name, offset);
        }

        state.Save();
        return null;
    }

    // Lines appended meanwhile are read in the next round.
    private DrainResult? SendFrom(SegmentReader reader, Segment segment, ref long offset, TimeSpan budget, CancellationToken cancellationToken)
    {
        long end = segment.Length;
        while (offset < end && ReadBatch(reader))
        {
            TimeSpan left = budget - Stopwatch.GetElapsedTime(_began);

            if (cancellationToken.IsCancellationRequested || left <= TimeSpan.Zero)
            {
                return EndWith(cancellationToken.IsCancellationRequested ? DrainEnd.Canceled : DrainEnd.OutOfTime);
            }

            DrainResult? result = _linesInBody > 0 ? Send(left, cancellationToken) : null;
            if (result is not null || _isTooLarge)
            {
                return result;
            }

            offset = reader.Offset;
            _unreadable += _unreadableInBatch;
            state.CountUnreadable(_unreadableInBatch);

            // At the end of the segment its deletion replaces writing the state.
            if (offset < end)
            {
                state.Advance(segment.Name, offset);
                state.Save();
            }
        }

        return null;
    }

    // Returns false at the end of the lines. The body may be empty even before.
    private bool ReadBatch(SegmentReader reader)
    {
        Span<byte> rest = _lines.AsSpan(0, reader.ReadBatch(_lines, _batchLines, out int lines));
        _body.SetLength(0);
        OtlpBatch batch = new(_body, destination.Signal, _transcoder);

        while (!rest.IsEmpty)
        {
            int length = rest.IndexOf((byte)'\n') + 1;
            batch.TryAppend(rest[..length]);
            rest = rest[length..];
        }

        batch.Complete();
        _linesInBody = batch.Count;
        _unreadableInBatch = batch.RefusedCount;
        return lines > 0;
    }

    // Returns null when the batch is accepted or permanently rejected, and when it has to be split.
    private DrainResult? Send(TimeSpan left, CancellationToken cancellationToken)
    {
        ExportResult result = EndpointPost.Send(exporter, destination, state, _body.GetBuffer().AsMemory(0, (int)_body.Length), left, cancellationToken);
        ExportOutcome outcome = result.Outcome is ExportOutcome.TooLarge && _linesInBody > 1
            ? ExportOutcome.TooLarge
            : EndpointPost.Judge(result, destination, state);
        EndpointAnswer answer = new(time.GetUtcNow(), result.Status, outcome);
        if (result.Status.Http != 0)
        {
            state.NoteAnswer(answer);
        }

        switch (answer.Outcome)
        {
            case ExportOutcome.Retryable:
                return Fail(result, cancellationToken);

            case ExportOutcome.Refused:
                return EndWith(DrainEnd.Refused, result.Status, state.Refuse(answer.Time));

            case ExportOutcome.TooLarge:
                _mostLines = _batchLines = _linesInBody / 2;
                _isTooLarge = true;
                return null;

            case ExportOutcome.Rejected:
                Reject(_linesInBody, answer);
                break;

            case ExportOutcome.Delivered:
                long rejected = Math.Min(result.PartialSuccess.Rejected, _linesInBody);
                _delivered += _linesInBody - rejected;
                _message = result.PartialSuccess.Message ?? _message;
                _batchLines = Math.Min(_batchLines * 2, _mostLines);
                state.NoteDelivery(destination.Protocol);
                Reject(rejected, answer);
                break;
        }

        state.Succeed();
        progress?.Invoke(_delivered);
        return null;
    }

    private void Reject(long lines, EndpointAnswer answer)
    {
        _rejected += lines;
        _rejectedWith = lines == 0 ? _rejectedWith : answer.Status;
        state.CountRejected(lines, answer);
    }

    private DrainResult Fail(ExportResult result, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return EndWith(DrainEnd.Canceled);
        }

        // If the endpoint has answered in time before, running out of time is not its fault.
        if (result.IsOutOfTime && _delivered + _rejected > 0)
        {
            return EndWith(DrainEnd.OutOfTime);
        }

        DateTimeOffset next = state.Fail(time.GetUtcNow(), result.RetryAfter);
        return EndWith(result.IsOutOfTime ? DrainEnd.OutOfTime : DrainEnd.Failed, result.Status, next);
    }

    private DrainResult EndWith(DrainEnd end, EndpointStatus status = default, DateTimeOffset? nextAttempt = null)
    {
        state.Save();
        return new DrainResult(end, status, nextAttempt)
        {
            Delivered = _delivered,
            Rejected = _rejected,
            RejectedWith = _rejectedWith,
            Unreadable = _unreadable,
            Message = _message,
        };
    }
}
