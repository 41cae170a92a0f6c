using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Storage;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>Where an image comes from or goes to: a kind of registry, or a place on the machine.</summary>
internal sealed class TransferPlace(RecordLayout layout, EventField remote, EventField local)
{
    private const long LocalBit = 1 << 16;
    private const long PushBit = 1L << 32;
    private readonly TextColumn _remote = (TextColumn)layout[remote];
    private readonly TextColumn _local = (TextColumn)layout[local];

    /// <summary>Where base images come from.</summary>
    public static TransferPlace Pull(RecordLayout layout) => new(layout, OutcomeFields.RemotePullType, OutcomeFields.LocalPullType);

    /// <summary>Where images go to.</summary>
    public static TransferPlace Push(RecordLayout layout) => new(layout, OutcomeFields.RemotePushType, OutcomeFields.LocalPushType);

    /// <summary>Groups publishes by where base images come from.</summary>
    public static GroupKey PullKey(RecordLayout layout)
    {
        TransferPlace pull = Pull(layout);
        return new ComputedKey(new ReportColumn("PullType", "From", ColumnKind.Text), pull.NumberOf, pull.TextOf);
    }

    /// <summary>Groups publishes by where images go to.</summary>
    public static GroupKey PushKey(RecordLayout layout)
    {
        TransferPlace push = Push(layout);
        return new ComputedKey(new ReportColumn("PushType", "To", ColumnKind.Text), push.NumberOf, push.TextOf);
    }

    /// <summary>Groups publishes by the place at the end that failed.</summary>
    public static GroupKey FailedKey(RecordLayout layout)
    {
        var direction = (TextColumn)layout[OutcomeFields.Direction];
        TransferPlace pull = Pull(layout);
        TransferPlace push = Push(layout);
        long pullDirection = direction.NumberOf("pull");
        long pushDirection = direction.NumberOf("push");
        return new ComputedKey(
            new ReportColumn("Registry", "Registry", ColumnKind.Text),
            row => direction.Read(row) is var way && way == pullDirection ? pull.NumberOf(row) : way == pushDirection ? push.NumberOf(row) | PushBit : 0,
            number => (number & PushBit) != 0 ? push.TextOf(number & ~PushBit) : pull.TextOf(number));
    }

    /// <summary>Returns the number of the place of a publish; 0 for none.</summary>
    public long NumberOf(PublishRow row)
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
