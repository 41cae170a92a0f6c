using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Querying;

/// <summary>A figure of the publishes of a row: a column of a table.</summary>
public sealed record Measure(MeasureKind Kind, ReportColumn Column)
{
    public static readonly Measure Publishes = new(MeasureKind.Publishes, new("Publishes", "Publishes", ColumnKind.Count));
    public static readonly Measure Share = new(MeasureKind.Share, new("Share", "Share", ColumnKind.Percent));
    public static readonly Measure Succeeded = new(MeasureKind.Succeeded, new("Succeeded", "Succeeded", ColumnKind.Count));
    public static readonly Measure Failed = new(MeasureKind.Failed, new("Failed", "Failed", ColumnKind.Count));
    public static readonly Measure Failures = new(MeasureKind.Failed, new("Failures", "Failures", ColumnKind.Count));
    public static readonly Measure FailureShare = new(MeasureKind.FailureShare, Share.Column);
    public static readonly Measure FailureRate = new(MeasureKind.FailureRate, new("FailureRate", "Failure rate", ColumnKind.Percent));
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

    /// <summary>The default measures of a query that groups by fields.</summary>
    public static readonly Measure[] OfQuery =
    [
        Publishes, Share, Succeeded, Failed, Canceled, SuccessRate, Users,
        Percentile(DetailFields.Duration, 50), Percentile(DetailFields.Duration, 95), Percentile(DetailFields.Duration, 99),
        Percentile(DetailFields.ImageSize, 50),
    ];

    /// <summary>The default measures of a query that compares groups.</summary>
    public static readonly Measure[] OfComparison = [Publishes, Failed, SuccessRate, Percentile(DetailFields.Duration, 95)];

    private static readonly Measure[] Plain =
        [Publishes, Share, Succeeded, Failed, Canceled, Unfinished, SuccessRate, FailureRate, Users, Projects, FirstSeen, LastSeen];

    private static readonly EventField[] Numbers =
        [.. EventSchema.Fields.Where(static field => field.Kind is FieldKind.Count && field.Unit is not null || field == DetailFields.LayerCount)];

    /// <summary>The names that queries can use, besides other percentiles of numeric fields.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Plain.Select(static measure => measure.Column.Id),
        .. Numbers.SelectMany(static field => (string[])[$"{field.Name}P50", $"{field.Name}P95", $"{field.Name}P99"]),
    ];

    /// <summary>The field whose values are measured; null for a measure of the publishes themselves.</summary>
    public EventField? Field { get; private init; }

    /// <summary>Which percentile, from 1 to 100.</summary>
    public int Percent { get; private init; }

    /// <summary>The number of publishes that have a field.</summary>
    public static Measure Having(EventField field) => Publishes with { Kind = MeasureKind.Having, Field = field };

    /// <summary>A percentile of a field: the nearest rank. Publishes without the field are not counted.</summary>
    public static Measure Percentile(EventField field, int percent, string id, string title) =>
        new(MeasureKind.Percentile, new ReportColumn(id, title, ReportColumn.KindOf(field))) { Field = field, Percent = percent };

    /// <summary>A percentile of a field, with a column named after both: <c>DurationP95</c>.</summary>
    public static Measure Percentile(EventField field, int percent) => Percentile(
        field,
        percent,
        FormattableString.Invariant($"{field.Name}P{percent}"),
        FormattableString.Invariant($"{Words(field.Name)}, p{percent}"));

    /// <summary>Finds one of <see cref="Names"/>, in any case, or a percentile: a numeric field, <c>P</c> and a number from 1 to 100.</summary>
    public static Measure? Find(string name)
    {
        if (Array.Find(Plain, measure => measure.Column.Id.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } plain)
        {
            return plain;
        }

        int mark = name.LastIndexOfAny(['P', 'p']);
        return mark > 0
            && int.TryParse(name.AsSpan(mark + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int percent)
            && percent is >= 1 and <= 100
            && ReportField.Find(name[..mark])?.SchemaField is { Kind: FieldKind.Count } field ? Percentile(field, percent) : null;
    }

    /// <exception cref="QueryException">There is none.</exception>
    internal static Measure Parse(string option, string name) =>
        Find(name) ?? throw new QueryException(QueryProblem.Unknown(option, $"There is no measure '{name}'.", name, Names));

    private static string Words(string name) => string.Concat(name.Select(static (letter, i) =>
        i > 0 && char.IsUpper(letter) ? " " + char.ToLowerInvariant(letter) : letter.ToString()));
}

public enum MeasureKind
{
    Publishes,

    /// <summary>Publishes among those of the whole report.</summary>
    Share,

    Succeeded,
    Failed,

    /// <summary>Failures among those of the whole report.</summary>
    FailureShare,

    /// <summary>Failures among the publishes that were not canceled.</summary>
    FailureRate,

    Canceled,

    /// <summary>Successes among the publishes that were not canceled.</summary>
    SuccessRate,

    /// <summary>Publishes without an outcome, which no other measure counts.</summary>
    Unfinished,

    Users,

    Projects,

    FirstDay,

    LastDay,

    /// <summary>Number of publishes that have a field.</summary>
    Having,

    Percentile,

    /// <summary>Whether the version of .NET that the row's last dimension names is supported.</summary>
    Support,

    SupportEnds,
}
