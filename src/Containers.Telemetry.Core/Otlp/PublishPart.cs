using Containers.Telemetry.Events;

namespace Containers.Telemetry.Otlp;

/// <summary>A part of a publish that took time of its own: a span within that of the publish.</summary>
/// <param name="kind">What was done.</param>
/// <param name="start">When it began.</param>
/// <param name="duration">How long it took.</param>
public sealed class PublishPart(PublishPartKind kind, DateTimeOffset start, TimeSpan duration)
{
    /// <summary>What was done.</summary>
    public PublishPartKind Kind { get; } = kind;

    /// <summary>When it began.</summary>
    public DateTimeOffset Start { get; } = start;

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; } = duration;

    /// <summary>The event that says how it ended; null for a part without an outcome of its own.</summary>
    public ContainerEvent? Outcome { get; init; }

    /// <summary>The parts of this part.</summary>
    public IReadOnlyList<PublishPart> Parts { get; init; } = [];

    /// <summary>The span's identifier: 16 lower-case hexadecimal digits, random.</summary>
    internal string SpanId { get; } = Guid.NewGuid().ToString("N")[..16];
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
