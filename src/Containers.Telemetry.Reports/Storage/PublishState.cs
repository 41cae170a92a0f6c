using System.Runtime.InteropServices;

namespace Containers.Telemetry.Reports.Storage;

/// <summary>The state of a publish beside the values of its fields.</summary>
[StructLayout(LayoutKind.Sequential, Pack = sizeof(long))]
internal struct PublishState
{
    /// <summary>Joins the events of the publish.</summary>
    public Identifier PublishId;

    /// <summary>The time of the event that ended it; while there is none, of the first outcome of one of its images: <see cref="DateTime.Ticks"/>, UTC.</summary>
    public long OutcomeTime;

    /// <summary>The time of its latest event: <see cref="DateTime.Ticks"/>, UTC.</summary>
    public long LastEvent;

    /// <summary>How it ended; unknown while no event has ended it.</summary>
    public PublishOutcome Outcome;

    /// <summary>Whether an event has ended it.</summary>
    public readonly bool HasEnded => Outcome is not PublishOutcome.Unknown;

    /// <summary>When it ended, or when its latest event was raised while nothing has ended it: <see cref="DateTime.Ticks"/>, UTC.</summary>
    public readonly long Time => HasEnded ? OutcomeTime : LastEvent;
}

/// <summary>The events that a publish has its values from, which only adding further events needs.</summary>
[StructLayout(LayoutKind.Sequential, Pack = sizeof(long))]
internal struct PublishEvents
{
    /// <summary>The first inference event.</summary>
    public EventStamp Inference;

    /// <summary>The event that ended the publish; while there is none, the first outcome of one of its images.</summary>
    public Identifier Outcome;
}

/// <summary>How a publish ended.</summary>
internal enum PublishOutcome : byte
{
    /// <summary>No event that ended it was read: it is running, the build was killed, or the event is in a file that was not read.</summary>
    Unknown,

    Succeeded,
    Failed,
    Canceled,

    /// <summary>It ended without an image where a failure and a cancellation look alike.</summary>
    Unfinished,
}
