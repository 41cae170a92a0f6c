using System.Globalization;
using System.Text;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Http;
using Containers.Telemetry.Store;
using Containers.Telemetry.Surroundings;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Outboxes;

/// <summary>
/// The state of an outbox between processes, in a small text file with a name and a value in each line. The owner of the outbox's lock
/// writes it. A file that is gone or damaged costs no event: what it says was sent is sent once more.
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

    /// <summary>Whether something was noted since it was read or written.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>The failures in a row.</summary>
    public int Failures { get; private set; }

    /// <summary>The items that the endpoint rejected for good.</summary>
    public long Rejected { get; private set; }

    /// <summary>The lines that the size limit has cost; of metrics, which do not wait, the publishes that they lack.</summary>
    public long Dropped { get; private set; }

    /// <summary>The lines that were no OTLP/JSON.</summary>
    public long Unreadable { get; private set; }

    /// <summary>
    /// The protocol of the last request that the endpoint took; null when it has taken none. By another protocol its refusals speak of its
    /// settings, not of what was sent.
    /// </summary>
    public OtlpProtocol? DeliveredBy { get; private set; }

    /// <summary>The last answer; null when there has been none. A success is noted to the hour, so that few publishes have to write it.</summary>
    public EndpointAnswer? LastAnswer { get; private set; }

    /// <summary>The last answer by which records were lost; null when none were.</summary>
    public EndpointAnswer? LastRejection { get; private set; }

    /// <summary>Whether the endpoint has refused everything for so long, or so often, that the user needs a warning.</summary>
    public bool IsRefusedForLong(DateTimeOffset now) =>
        _refusals >= RefusalsBeforeWarning || (_refusals > 0 && now.ToUnixTimeMilliseconds() - _refusedSince >= TimeBeforeWarning.TotalMilliseconds);

    /// <summary>Whether the endpoint has refused a compressed request and taken the same one uncompressed.</summary>
    public bool RefusesCompression { get; private set; }

    /// <summary>The state of an outbox of which nothing is known yet.</summary>
    public static OutboxState Empty(string folder) => new(Path.Combine(folder, FileName));

    /// <summary>Takes the lock of the outbox in a folder; null where another process or thread has it.</summary>
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

    /// <summary>Reads the state of the outbox in a folder.</summary>
    /// <exception cref="IOException">The file is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public static OutboxState Load(string folder)
    {
        OutboxState state = Empty(folder);

        state.Parse(PlainFile.ReadStart(state._path, MaxBytes) ?? "");
        return state;
    }

    /// <summary>Writes what has changed since it was read, whole or not at all.</summary>
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

    /// <summary>Until when the endpoint is left alone; null when it may be tried.</summary>
    public DateTimeOffset? WaitsUntil(DateTimeOffset now)
    {
        TimeSpan wait = TimeSpan.FromMilliseconds(_nextAttempt - now.ToUnixTimeMilliseconds());

        // A time further away than any wait was written by a clock that has been set back since.
        return wait > TimeSpan.Zero && wait <= BackOff.LongestAskedFor ? now + wait : null;
    }

    /// <summary>Notes that the endpoint failed, and returns when to try again.</summary>
    public DateTimeOffset Fail(DateTimeOffset now, TimeSpan? askedFor)
    {
        Failures++;
        return Postpone(now + BackOff.Wait(Failures, askedFor));
    }

    /// <summary>Notes that the endpoint refused a request for a reason that a setting mends, and returns when to try again.</summary>
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

    /// <summary>Leaves the endpoint alone until a time, and returns it as it is kept: in whole milliseconds.</summary>
    public DateTimeOffset Postpone(DateTimeOffset until)
    {
        IsChanged = true;
        _nextAttempt = until.ToUnixTimeMilliseconds();
        return DateTimeOffset.FromUnixTimeMilliseconds(_nextAttempt);
    }

    /// <summary>Notes that the endpoint answered.</summary>
    public void Succeed()
    {
        IsChanged |= Failures != 0 || _nextAttempt != 0 || _refusals != 0;
        Failures = 0;
        _nextAttempt = 0;
        _refusals = 0;
        _refusedSince = 0;
    }

    /// <summary>Notes that the endpoint took a request.</summary>
    public void NoteDelivery(OtlpProtocol protocol)
    {
        IsChanged |= DeliveredBy != protocol;
        DeliveredBy = protocol;
    }

    /// <summary>Notes that the endpoint takes no compressed requests.</summary>
    public void RefuseCompression()
    {
        IsChanged |= !RefusesCompression;
        RefusesCompression = true;
    }

    /// <summary>Notes items that the endpoint rejected for good.</summary>
    public void CountRejected(long items, EndpointAnswer answer)
    {
        if (items != 0)
        {
            IsChanged = true;
            Rejected += items;
            LastRejection = answer;
        }
    }

    /// <summary>Notes lines that the size limit has cost, or a publish that the metrics lack.</summary>
    public void CountDropped(long lines)
    {
        IsChanged |= lines != 0;
        Dropped += lines;
    }

    /// <summary>Notes lines that were no OTLP/JSON.</summary>
    public void CountUnreadable(long lines)
    {
        IsChanged |= lines != 0;
        Unreadable += lines;
    }

    /// <summary>How far a segment has been sent, in bytes.</summary>
    public long OffsetIn(string segment) => _progress.Find(progress => progress.Segment == segment)?.Offset ?? 0;

    /// <summary>Notes how far a segment has been sent.</summary>
    public void Advance(string segment, long offset)
    {
        Forget(segment);
        IsChanged = true;
        _progress.Add(new SegmentProgress(segment, offset));
    }

    /// <summary>Notes that a segment is gone.</summary>
    public void Forget(string segment) => IsChanged |= _progress.RemoveAll(progress => progress.Segment == segment) > 0;

    /// <summary>Forgets all segments but those that are there.</summary>
    public void ForgetAllBut(IReadOnlyList<Segment> segments) =>
        IsChanged |= _progress.RemoveAll(progress => !segments.Any(segment => Path.GetFileName(segment.Path) == progress.Segment)) > 0;

    private void Parse(string text)
    {
        ReadOnlySpan<char> rest = text;

        while (!rest.IsEmpty)
        {
            ReadOnlySpan<char> line = rest.TakeUntil('\n');
            ReadOnlySpan<char> name = line.TakeUntil(' ');

            // A newer version may write other names. They are ignored.
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

    // A time, the HTTP status, the gRPC status or a hyphen, and the number of the outcome: the name of an enumeration's value is slow to find.
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
