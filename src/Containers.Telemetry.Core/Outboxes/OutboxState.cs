using Containers.Telemetry.Characters;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Http;
using Containers.Telemetry.Store;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Outboxes;

/// <summary>
/// The state of an outbox between processes, in a small text file with a name and a value in each line. The owner of the outbox's lock
/// writes it. A lost or damaged file loses no event: events are then sent again.
/// </summary>
internal sealed class OutboxState
{
    private const string FileName = "state";
    private const string LockFileName = "lock";
    private const int RefusalsBeforeWarning = 5;
    private const int MaxBytes = 1 << 20;
    private static readonly TimeSpan TimeBeforeWarning = TimeSpan.FromDays(1);
    private static readonly TimeSpan AnswerPrecision = TimeSpan.FromHours(1);

    private readonly string _path;
    private readonly List<SegmentProgress> _progress = [];
    private long _nextAttempt;
    private long _refusals;
    private long _refusedSince;

    private OutboxState(string path) => _path = path;

    /// <summary>Whether it has changed since it was read or written.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>The failures in a row.</summary>
    public int Failures { get; private set; }

    /// <summary>The items that the endpoint rejected permanently.</summary>
    public long Rejected { get; private set; }

    /// <summary>The lines deleted by the size limit; for metrics, which do not wait, the missing publishes.</summary>
    public long Dropped { get; private set; }

    /// <summary>The lines that were not OTLP/JSON.</summary>
    public long Unreadable { get; private set; }

    /// <summary>The protocol of the last accepted request; null for none. Refusals over another one are about settings, not about events.</summary>
    public OtlpProtocol? DeliveredBy { get; private set; }

    /// <summary>The last answer; null when there has been none. A success is recorded to the hour, so that few publishes have to write it.</summary>
    public EndpointAnswer? LastAnswer { get; private set; }

    /// <summary>The last answer that lost records; null for none.</summary>
    public EndpointAnswer? LastRejection { get; private set; }

    /// <summary>Whether the endpoint has refused everything for so long, or so often, that the user needs a warning.</summary>
    public bool IsRefusedForLong(DateTimeOffset now) =>
        _refusals >= RefusalsBeforeWarning || (_refusals > 0 && now.ToUnixTimeMilliseconds() - _refusedSince >= TimeBeforeWarning.TotalMilliseconds);

    /// <summary>Whether the endpoint has refused a compressed request and accepted the same one uncompressed.</summary>
    public bool RefusesCompression { get; private set; }

    public static OutboxState Empty(string folder) => new(Path.Combine(folder, FileName));

    /// <summary>Takes the lock of the outbox in a folder; null if another process or thread has it.</summary>
    /// <exception cref="IOException">It cannot be taken.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not take it.</exception>
    public static FileStream? TryTakeTurn(string folder)
    {
        try
        {
            return OwnerOnlyFile.Open(Path.Combine(folder, LockFileName), FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException e) when (FileErrors.IsSharingViolation(e))
        {
            return null;
        }
    }

    /// <exception cref="IOException">The file is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public static OutboxState Load(string folder)
    {
        OutboxState state = Empty(folder);

        state.Parse(PlainFile.ReadStart(state._path, MaxBytes) ?? "");
        return state;
    }

    /// <summary>Writes the state if it has changed, atomically.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write it.</exception>
    public void Save()
    {
        if (!IsChanged)
        {
            return;
        }

        string unfinished = _path + ".tmp";

        using (FileStream file = OwnerOnlyFile.Open(unfinished, FileMode.Create, FileShare.None))
        {
            file.Write(Encoding.ASCII.GetBytes(Format()));
        }

        File.Move(unfinished, _path, overwrite: true);
        IsChanged = false;
    }

    /// <summary>The end of the endpoint's pause; null when it may be tried.</summary>
    public DateTimeOffset? WaitsUntil(DateTimeOffset now)
    {
        TimeSpan wait = TimeSpan.FromMilliseconds(_nextAttempt - now.ToUnixTimeMilliseconds());

        // A time beyond any pause is from a clock that was set back since.
        return wait > TimeSpan.Zero && wait <= BackOff.LongestAskedFor ? now + wait : null;
    }

    /// <summary>Records a failure of the endpoint, and returns the time of the next try.</summary>
    public DateTimeOffset Fail(DateTimeOffset now, TimeSpan? askedFor)
    {
        Failures++;
        return Postpone(now + BackOff.Wait(Failures, askedFor));
    }

    /// <summary>Records a refusal that a setting can correct, and returns the time of the next try.</summary>
    public DateTimeOffset Refuse(DateTimeOffset now)
    {
        _refusedSince = _refusals++ == 0 ? now.ToUnixTimeMilliseconds() : _refusedSince;
        return Fail(now, askedFor: null);
    }

    public void NoteAnswer(EndpointAnswer answer)
    {
        bool isKnown = answer.Outcome is ExportOutcome.Delivered && LastAnswer is { Outcome: ExportOutcome.Delivered } last
            && (answer.Time - last.Time).Duration() < AnswerPrecision;
        if (!isKnown)
        {
            IsChanged = true;
            LastAnswer = answer;
        }
    }

    /// <summary>Pauses the endpoint until a time, and returns the stored time, in whole milliseconds.</summary>
    public DateTimeOffset Postpone(DateTimeOffset until)
    {
        IsChanged = true;
        _nextAttempt = until.ToUnixTimeMilliseconds();
        return DateTimeOffset.FromUnixTimeMilliseconds(_nextAttempt);
    }

    /// <summary>Records an answer of the endpoint.</summary>
    public void Succeed()
    {
        IsChanged |= Failures != 0 || _nextAttempt != 0 || _refusals != 0;
        Failures = 0;
        _nextAttempt = 0;
        _refusals = 0;
        _refusedSince = 0;
    }

    /// <summary>Records that the endpoint accepted a request.</summary>
    public void NoteDelivery(OtlpProtocol protocol)
    {
        IsChanged |= DeliveredBy != protocol;
        DeliveredBy = protocol;
    }

    public void RefuseCompression()
    {
        IsChanged |= !RefusesCompression;
        RefusesCompression = true;
    }

    public void CountRejected(long items, EndpointAnswer answer)
    {
        if (items != 0)
        {
            IsChanged = true;
            Rejected += items;
            LastRejection = answer;
        }
    }

    /// <summary>Records lines deleted by the size limit, or a publish that is missing from the metrics.</summary>
    public void CountDropped(long lines)
    {
        IsChanged |= lines != 0;
        Dropped += lines;
    }

    public void CountUnreadable(long lines)
    {
        IsChanged |= lines != 0;
        Unreadable += lines;
    }

    /// <summary>Returns how far a segment has been sent, in bytes.</summary>
    public long OffsetIn(string segment) => _progress.Find(progress => progress.Segment == segment)?.Offset ?? 0;

    /// <summary>Records how far a segment has been sent.</summary>
    public void Advance(string segment, long offset)
    {
        Forget(segment);
        IsChanged = true;
        _progress.Add(new SegmentProgress(segment, offset));
    }

    public void Forget(string segment) => IsChanged |= _progress.RemoveAll(progress => progress.Segment == segment) > 0;

    public void ForgetAllBut(IReadOnlyList<Segment> segments) =>
        IsChanged |= _progress.RemoveAll(progress => !segments.Any(segment => segment.Name == progress.Segment)) > 0;

    private void Parse(string text)
    {
        ReadOnlySpan<char> rest = text;

        while (!rest.IsEmpty)
        {
            ReadOnlySpan<char> line = rest.TakeUntil('\n');
            ReadOnlySpan<char> name = line.TakeUntil(' ');

            // Ignore names of newer versions.
            if (!long.TryParse(line.TakeUntil(' '), NumberStyles.None, CultureInfo.InvariantCulture, out long value))
            {
                continue;
            }

            switch (name)
            {
                case "failures":
                    Failures = (int)Math.Min(value, int.MaxValue - 1);
                    break;
                case "next-attempt":
                    _nextAttempt = Math.Min(value, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds());
                    break;
                case "rejected":
                    Rejected = value;
                    break;
                case "dropped":
                    Dropped = value;
                    break;
                case "unreadable":
                    Unreadable = value;
                    break;
                case "no-compression":
                    RefusesCompression = value != 0;
                    break;
                case "delivered":
                    DeliveredBy = value is > 0 and <= 1 + (long)OtlpProtocol.Grpc ? (OtlpProtocol)(value - 1) : null;
                    break;
                case "refusals":
                    _refusals = value;
                    break;
                case "refused-since":
                    _refusedSince = value;
                    break;
                case "answer":
                    LastAnswer = ParseAnswer(value, line);
                    break;
                case "rejection":
                    LastRejection = ParseAnswer(value, line);
                    break;
                case "sent":
                    _progress.Add(new SegmentProgress(line.ToString(), value));
                    break;
            }
        }
    }

    private string Format()
    {
        StringBuilder text = new();
        Append(text, "failures", Failures);
        Append(text, "next-attempt", _nextAttempt);
        Append(text, "rejected", Rejected);
        Append(text, "dropped", Dropped);
        Append(text, "unreadable", Unreadable);
        Append(text, "delivered", DeliveredBy is { } protocol ? 1 + (long)protocol : 0);
        Append(text, "refusals", _refusals);
        Append(text, "refused-since", _refusedSince);
        Append(text, "answer", LastAnswer);
        Append(text, "rejection", LastRejection);
        Append(text, "no-compression", RefusesCompression ? 1 : 0);

        foreach (SegmentProgress progress in _progress)
        {
            text.Append("sent ").Append(progress.Offset).Append(' ').Append(progress.Segment).Append('\n');
        }

        return text.ToString();
    }

    // A zero is not written, so an outbox without a history has no file.
    private static void Append(StringBuilder text, string name, long value)
    {
        if (value != 0)
        {
            text.Append(name).Append(' ').Append(value).Append('\n');
        }
    }

    // A time, the HTTP status, the gRPC status or a hyphen, and the number of the outcome: names of enumeration values are slow to look up.
    private static void Append(StringBuilder text, string name, EndpointAnswer? answer)
    {
        if (answer is not null)
        {
            text.Append(name).Append(' ').Append(answer.Time.ToUnixTimeMilliseconds())
                .Append(' ').Append(answer.Status.Http)
                .Append(' ').Append(answer.Status.Grpc?.ToString(CultureInfo.InvariantCulture) ?? "-")
                .Append(' ').Append((int)answer.Outcome).Append('\n');
        }
    }

    private static EndpointAnswer? ParseAnswer(long time, ReadOnlySpan<char> text)
    {
        bool isRead = int.TryParse(text.TakeUntil(' '), NumberStyles.None, CultureInfo.InvariantCulture, out int http);
        ReadOnlySpan<char> grpc = text.TakeUntil(' ');
        int code = 0;
        isRead &= grpc is "-" || int.TryParse(grpc, NumberStyles.None, CultureInfo.InvariantCulture, out code);
        isRead &= int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int outcome) && outcome <= (int)ExportOutcome.Retryable;
        return isRead && time <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? new EndpointAnswer(DateTimeOffset.FromUnixTimeMilliseconds(time), new EndpointStatus(http, grpc is "-" ? null : code), (ExportOutcome)outcome)
            : null;
    }

    private sealed record SegmentProgress(string Segment, long Offset);
}

/// <summary>The pause after a failure of an endpoint. It spans publishes, since each of them tries at most once.</summary>
internal static class BackOff
{
    /// <summary>The longest pause that the endpoint did not request.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>The longest pause that an endpoint may request. A mistake in its configuration must not stop the export permanently.</summary>
    public static readonly TimeSpan LongestAskedFor = TimeSpan.FromDays(1);

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);

    /// <summary>The pause: as the endpoint requests, else a time that doubles with each failure in a row, minus up to half of it.</summary>
    /// <param name="failures">The failures in a row; at least 1.</param>
    /// <param name="askedFor">The endpoint's request; null for none.</param>
    public static TimeSpan Wait(int failures, TimeSpan? askedFor)
    {
        if (askedFor is { } asked)
        {
            return asked < LongestAskedFor ? asked : LongestAskedFor;
        }

        // 2^10 times the shortest is more than the longest.
        TimeSpan doubled = Shortest * (1 << Math.Min(failures - 1, 10));
        TimeSpan wait = doubled < Longest ? doubled : Longest;

        // Random, so that machines do not retry together after an outage.
        return wait * (1 - (Random.Shared.NextDouble() / 2));
    }
}
