using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Hashing;

namespace Containers.Telemetry.Otlp;

/// <summary>A timed part of a publish: a child of the publish's span.</summary>
public sealed class PublishPart(PublishPartKind kind, DateTimeOffset start, TimeSpan duration)
{
    private const int SpanIdLength = 16;

    // Above the random bits that distinguish events of one millisecond, and below the bit that keeps an id from being zero.
    private const int KindShift = 56;

    public PublishPartKind Kind { get; } = kind;

    public DateTimeOffset Start { get; } = start;

    public TimeSpan Duration { get; } = duration;

    /// <summary>The event of its end; null for a part without an outcome.</summary>
    public ContainerEvent? Outcome { get; init; }

    /// <summary>The parts of this part.</summary>
    public IReadOnlyList<PublishPart> Parts { get; init; } = [];

    // Derived from the event that the part was read from; null for a part without.
    private string? OwnSpanId { get; init; }

    /// <summary>Creates the part of an event, always the same: with the identifiers and times of the event, in whole milliseconds.</summary>
    /// <param name="containerEvent">The event, complete.</param>
    /// <returns>Null for an event without the duration of the SDK's task, or of a damaged line, with times before 1970.</returns>
    public static PublishPart? Of(ContainerEvent containerEvent)
    {
        if (containerEvent.Find(DetailFields.TaskDuration) is not long task || containerEvent.Find(DetailFields.EventId) is not string id)
        {
            return null;
        }

        DateTimeOffset end = OtlpLine.TimeOf(containerEvent);
        var pull = containerEvent.Find(DetailFields.PullDuration) as long?;
        var push = containerEvent.Find(DetailFields.PushDuration) as long?;
        if (Math.Max(task, Math.Max(pull ?? 0, push ?? 0)) > (end - DateTimeOffset.UnixEpoch).TotalMilliseconds)
        {
            return null;
        }

        ulong number = ulong.Parse(id.Replace("-", "", StringComparison.Ordinal).AsSpan(SpanIdLength), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        DateTimeOffset start = end - TimeSpan.FromMilliseconds(task);
        List<PublishPart> parts = [];
        if (pull is { } pulled)
        {
            parts.Add(Create(PublishPartKind.BaseImagePull, number, start, pulled));
        }

        if (push is { } pushed)
        {
            parts.Add(Create(PublishPartKind.ImagePush, number, end - TimeSpan.FromMilliseconds(pushed), pushed));
        }

        PublishPartKind kind = KindOf(containerEvent);
        return Create(kind, number, start, task, kind is PublishPartKind.BaseImageInference ? null : containerEvent, parts);
    }

    /// <summary>Returns the identifier of the part's span, 16 lower-case hexadecimal digits: always the same.</summary>
    internal string SpanIdIn(TraceContext trace) =>
        OwnSpanId ?? Sha256.HexOf(Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{trace.SpanId} {Kind:D} {Start.UtcTicks} {Duration.Ticks}")))[..SpanIdLength];

    private static PublishPartKind KindOf(ContainerEvent containerEvent) => containerEvent.Find(DetailFields.Scope) switch
    {
        "image" => PublishPartKind.Image,
        "index" => PublishPartKind.Index,
        _ => PublishPartKind.BaseImageInference,
    };

    private static PublishPart Create(
        PublishPartKind kind,
        ulong eventNumber,
        DateTimeOffset start,
        long milliseconds,
        ContainerEvent? outcome = null,
        IReadOnlyList<PublishPart>? parts = null) =>
        new(kind, start, TimeSpan.FromMilliseconds(milliseconds))
        {
            Outcome = outcome,
            Parts = parts ?? [],
            OwnSpanId = (eventNumber ^ ((ulong)kind << KindShift)).ToString("x16", CultureInfo.InvariantCulture),
        };
}

/// <summary>The parts of a publish that can be timed from outside of the SDK's tasks.</summary>
public enum PublishPartKind
{
    /// <summary>The SDK's task that chooses the base image.</summary>
    BaseImageInference,

    /// <summary>The SDK's task that makes one image and pushes, loads or archives it.</summary>
    Image,

    /// <summary>Within <see cref="Image"/>: until the base image's manifest and configuration were read.</summary>
    BaseImagePull,

    /// <summary>Within <see cref="Image"/>: from the first request of the push. Layers of the base image that the registry lacks are read here.</summary>
    ImagePush,

    /// <summary>The SDK's task that makes the index over several images.</summary>
    Index,
}
