using System.Runtime.InteropServices;

namespace Containers.Telemetry.Reports.Storage;

/// <summary>The state of a publish besides the values of its fields.</summary>
[StructLayout(LayoutKind.Sequential, Pack = sizeof(int))]
internal struct PublishState
{
    public Identifier PublishId;

    /// <summary>The time of its end; without an end, of its latest event: <see cref="DateTime.Ticks"/>, UTC.</summary>
    public long Time;

    /// <summary>Its outcome; unknown until an event ends it.</summary>
    public PublishOutcome Outcome;

    /// <summary>Whether an event has ended it.</summary>
    public readonly bool HasEnded => Outcome is not PublishOutcome.Unknown;
}

/// <summary>The events with the values of a publish, needed only to add further events.</summary>
[StructLayout(LayoutKind.Sequential, Pack = sizeof(long))]
internal struct PublishEvents
{
    /// <summary>The first inference event.</summary>
    public EventStamp Inference;

    /// <summary>The event that ended the publish; without one, the first outcome of one of its images.</summary>
    public EventStamp Outcome;
}

internal enum PublishOutcome : byte
{
    /// <summary>Unknown: it is running, the build was killed, or its last event is in a file that was not read.</summary>
    Unknown,

    Succeeded,
    Failed,
    Canceled,

    /// <summary>It ended without an image, and a failure cannot be distinguished from a cancellation.</summary>
    Unfinished,
}

/// <summary>A publish as it is counted.</summary>
/// <param name="Number">Its position in the columns.</param>
/// <param name="Time">The time of its end: <see cref="DateTime.Ticks"/>, UTC.</param>
/// <param name="User">Its user's number; 0 for none.</param>
internal readonly record struct PublishRow(int Number, PublishOutcome Outcome, long Time, int User);
