using System.Runtime.InteropServices;

namespace Containers.Telemetry.Reports.Storage;

/// <summary>What every row begins with.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct RowHeader
{
    public const int Size = 16 + (3 * sizeof(long)) + (2 * sizeof(byte));

    /// <summary>What joins the events of the publish.</summary>
    public UInt128 PublishId;

    /// <summary>The <see cref="EventFingerprint"/> of the inference event that the row has its values from; 0 for none.</summary>
    public ulong Inference;

    /// <summary>The <see cref="EventFingerprint"/> of the outcome event that the row has its values from; 0 for none.</summary>
    public ulong OutcomeEvent;

    /// <summary>When it ended, or when its base image was inferred while no outcome is known: <see cref="DateTime.Ticks"/>, UTC.</summary>
    public long Time;

    /// <summary>How the publish ended.</summary>
    public PublishOutcome Outcome;

    /// <summary>How much the outcome event counts against another one of the same publish.</summary>
    public OutcomeRank Rank;
}

/// <summary>How a publish ended.</summary>
internal enum PublishOutcome : byte
{
    /// <summary>No outcome was read: the build was killed, or the event is in a file that was not.</summary>
    Unknown,

    Succeeded,
    Failed,
    Canceled,
}

/// <summary>Which of several outcome events of one publish is the publish's own: the highest, and among equals the first.</summary>
internal enum OutcomeRank : byte
{
    None,

    /// <summary>One image was made. With several images this is not the end of the publish.</summary>
    Image,

    /// <summary>The index over several images was made.</summary>
    Index,

    /// <summary>It failed or was canceled, whether in one image or in the whole.</summary>
    Failure,
}
