using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Storage;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>Where an image comes from or goes to: a kind of registry, or a place on the machine.</summary>
internal sealed class TransferPlace(RecordLayout layout, EventField remote, EventField local)
{
    private const long LocalBit = 1 << 16;
    private readonly TextColumn _remote = (TextColumn)layout[remote];
    private readonly TextColumn _local = (TextColumn)layout[local];

    /// <summary>Where base images come from.</summary>
    public static TransferPlace Pull(RecordLayout layout) => new(layout, OutcomeFields.RemotePullType, OutcomeFields.LocalPullType);

    /// <summary>Where images go to.</summary>
    public static TransferPlace Push(RecordLayout layout) => new(layout, OutcomeFields.RemotePushType, OutcomeFields.LocalPushType);

    /// <summary>Returns the number of the place of a publish; 0 for none.</summary>
    public long NumberOf(ReadOnlySpan<byte> row)
    {
        long remoteNumber = _remote.Read(row);
        long localNumber = _local.Read(row);
        return remoteNumber != 0 ? remoteNumber : localNumber != 0 ? localNumber | LocalBit : 0;
    }

    /// <summary>Returns the name of a place.</summary>
    public string TextOf(long number) => number == 0 ? CellText.None
        : (number & LocalBit) != 0 ? _local.Texts.TextOf((int)(number & ~LocalBit))
        : _remote.Texts.TextOf((int)number);
}
