using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>A figure of the publishes that a row is about: a column of a table.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Column">The column.</param>
internal sealed record Measure(MeasureKind Kind, ReportColumn Column)
{
    public static readonly Measure Publishes = new(MeasureKind.Publishes, new("Publishes", "Publishes", ColumnKind.Count));
    public static readonly Measure Share = new(MeasureKind.Share, new("Share", "Share", ColumnKind.Percent));
    public static readonly Measure Succeeded = new(MeasureKind.Succeeded, new("Succeeded", "Succeeded", ColumnKind.Count));
    public static readonly Measure Failed = new(MeasureKind.Failed, new("Failed", "Failed", ColumnKind.Count));
    public static readonly Measure Failures = new(MeasureKind.Failed, new("Failures", "Failures", ColumnKind.Count));
    public static readonly Measure FailureShare = new(MeasureKind.FailureShare, Share.Column);
    public static readonly Measure Canceled = new(MeasureKind.Canceled, new("Canceled", "Canceled", ColumnKind.Count));
    public static readonly Measure SuccessRate = new(MeasureKind.SuccessRate, new("SuccessRate", "Success rate", ColumnKind.Percent));
    public static readonly Measure Unfinished = new(MeasureKind.Unfinished, new("Unfinished", "Unfinished", ColumnKind.Count));
    public static readonly Measure Users = new(MeasureKind.Users, new("Users", "Users", ColumnKind.Count));
    public static readonly Measure Projects = new(MeasureKind.Projects, new("Projects", "Projects", ColumnKind.Count));
    public static readonly Measure FirstSeen = new(MeasureKind.FirstDay, new("FirstSeen", "First seen", ColumnKind.Date));
    public static readonly Measure LastSeen = new(MeasureKind.LastDay, new("LastSeen", "Last seen", ColumnKind.Date));
    public static readonly Measure Support = new(MeasureKind.Support, new("Support", "Support", ColumnKind.Text));
    public static readonly Measure SupportEnds = new(MeasureKind.SupportEnds, new("SupportEnds", "Support ends", ColumnKind.Date));

    /// <summary>The measures of one group among others.</summary>
    public static readonly Measure[] OfGroup = [Publishes, Share, Failed, SuccessRate, Users];

    /// <summary>The field whose values are measured; null for a measure of the publishes themselves.</summary>
    public EventField? Field { get; private init; }

    /// <summary>Which percentile, from 1 to 100.</summary>
    public int Percent { get; private init; }

    /// <summary>The number of publishes that have a field.</summary>
    public static Measure Having(EventField field) => Publishes with { Kind = MeasureKind.Having, Field = field };

    /// <summary>A percentile of a field: the nearest rank. Publishes without the field have no part in it.</summary>
    public static Measure Percentile(EventField field, int percent, string id, string title) =>
        new(MeasureKind.Percentile, new ReportColumn(id, title, KindOf(field))) { Field = field, Percent = percent };

    private static ColumnKind KindOf(EventField field) => field.Unit switch
    {
        "bytes" => ColumnKind.Bytes,
        "ms" => ColumnKind.Duration,
        _ => ColumnKind.Count,
    };
}

/// <summary>Kinds of <see cref="Measure"/>.</summary>
internal enum MeasureKind
{
    /// <summary>Number of publishes.</summary>
    Publishes,

    /// <summary>Publishes among those of the whole report.</summary>
    Share,

    Succeeded,
    Failed,

    /// <summary>Failures among those of the whole report.</summary>
    FailureShare,

    Canceled,

    /// <summary>Successes among the publishes that were not canceled.</summary>
    SuccessRate,

    /// <summary>Publishes that nothing ended; of the whole report, whatever the row is about.</summary>
    Unfinished,

    /// <summary>Number of different users.</summary>
    Users,

    /// <summary>Number of different projects; of the whole report, whatever the row is about.</summary>
    Projects,

    /// <summary>The day of the first publish.</summary>
    FirstDay,

    /// <summary>The day of the last publish.</summary>
    LastDay,

    /// <summary>Number of publishes that have a field.</summary>
    Having,

    /// <summary>A percentile of a field.</summary>
    Percentile,

    /// <summary>Whether the version of .NET that the row's last dimension names is supported.</summary>
    Support,

    /// <summary>When the support of that version ends.</summary>
    SupportEnds,
}
