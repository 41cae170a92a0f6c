using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Storage;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Datasets;

/// <summary>The columns of a dataset, from the .NET CLI's usage data and from a container publish, with their generalisation.</summary>
/// <remarks>
/// At each stage some columns are generalised further:
/// <list type="number">
/// <item>nothing</item>
/// <item>
/// OSVersion: merged; BaseImageTag: its .NET version; Timestamp: the month (2026-11) instead of the day (2026-11-20); SDKVersion: the feature band
/// (10.0.4xx)
/// </item>
/// <item>Timestamp: the quarter (2026Q4); SDKVersion: the .NET version (10.0); Geography: merged</item>
/// <item>RuntimeID, BaseImageTag, SDKVersion: merged</item>
/// <item>ErrorKind, BaseImage: merged</item>
/// <item>RegistryKinds, OSFamily, Outcome: merged</item>
/// </list>
/// Merged values are written as <c>*</c>. Few stages, since each has a part of the privacy budget.
/// </remarks>
internal static class DatasetColumns
{
    private const string Timestamp = "Timestamp";
    private const string Geography = "Geography";
    private const string OSFamily = "OSFamily";
    private const string RuntimeIdentifier = "RuntimeID";
    private const string OSVersion = "OSVersion";
    private const string SdkVersion = "SDKVersion";
    private const string RegistryKinds = "RegistryKinds";
    private const string Outcome = "Outcome";
    private const string ErrorKind = "ErrorKind";
    private const string BaseImage = "BaseImage";
    private const string BaseImageTag = "BaseImageTag";

    private static readonly string[][] Stages =
    [
        [],
        [OSVersion, BaseImageTag, Timestamp, SdkVersion],
        [Timestamp, SdkVersion, Geography],
        [RuntimeIdentifier, BaseImageTag, SdkVersion],
        [ErrorKind, BaseImage],
        [RegistryKinds, OSFamily, Outcome],
    ];

    public static IEnumerable<ReportField> Fields => new[]
    {
        SurroundingsFields.Country, SurroundingsFields.OSFamily, SurroundingsFields.Architecture, SurroundingsFields.OSVersion,
        SurroundingsFields.SdkVersion, DetailFields.Outcome, OutcomeFields.Error, InferenceFields.BaseImage, InferenceFields.BaseImageTag,
    }.Select(ReportField.Of).Concat([ReportField.Of(DerivedField.PullType), ReportField.Of(DerivedField.PushType)]);

    public static IReadOnlyList<ReportColumn> InFile { get; } =
    [
        new(Timestamp, Timestamp, ColumnKind.Text), new("Occurrences", "Occurrences", ColumnKind.Count), new("Command", "Command", ColumnKind.Text),
        .. new[] { Geography, OSFamily, RuntimeIdentifier, OSVersion, SdkVersion, RegistryKinds, Outcome, ErrorKind, BaseImage, BaseImageTag }
            .Select(static name => new ReportColumn(name, name, ColumnKind.Text)),
    ];

    /// <summary>The levels of generalisation of columns, stage by stage.</summary>
    public static int[][] LevelsOf(GeneralizedColumn[] columns) =>
        [.. Stages.Select((_, stage) => Array.ConvertAll(columns, column => Stages.Take(stage + 1).Sum(steps => steps.Count(name => name == column.Name))))];

    /// <summary>Makes the columns, in the order of the file.</summary>
    public static GeneralizedColumn[] Of(RecordLayout layout, Quarter quarter)
    {
        var pull = (TextColumn)layout[ReportField.Of(DerivedField.PullType)];
        var push = (TextColumn)layout[ReportField.Of(DerivedField.PushType)];
        const int PlaceBits = 20;
        return
        [
            new(
                Timestamp,
                static row => row.Time / TimeSpan.TicksPerDay,
                static day => CellText.Format(ColumnKind.Date, DateOnly.FromDayNumber((int)day)),
                static day => day[..^"-dd".Length],
                _ => quarter.ToString()),
            Text(layout, SurroundingsFields.Country, Geography),
            Text(layout, SurroundingsFields.OSFamily, OSFamily),
            RuntimeId(layout),
            Text(layout, SurroundingsFields.OSVersion, OSVersion),
            Text(layout, SurroundingsFields.SdkVersion, SdkVersion, GeneralizedVersion.FeatureBand, GeneralizedVersion.Dotnet),
            new(
                RegistryKinds,
                row => (pull.Read(row) << PlaceBits) | push.Read(row),
                number => TextOf(pull, number >> PlaceBits, CellText.None) + ">" + TextOf(push, number & ((1 << PlaceBits) - 1), CellText.None)),
            Text(layout, DetailFields.Outcome, Outcome),
            Text(layout, OutcomeFields.Error, ErrorKind),
            Text(layout, InferenceFields.BaseImage, BaseImage),
            Text(layout, InferenceFields.BaseImageTag, BaseImageTag, GeneralizedVersion.Dotnet),
        ];
    }

    private static string TextOf(TextColumn column, long number, string none = "") => number == 0 ? none : column.Texts.TextOf((int)number);

    private static GeneralizedColumn Text(RecordLayout layout, EventField field, string name, params Func<string, string>[] generalizations)
    {
        var column = (TextColumn)layout[field];
        return new GeneralizedColumn(name, column.Read, number => TextOf(column, number), generalizations);
    }

    private static GeneralizedColumn RuntimeId(RecordLayout layout)
    {
        const int Bits = 8;
        var family = (TextColumn)layout[SurroundingsFields.OSFamily];
        var architecture = (TextColumn)layout[SurroundingsFields.Architecture];
        return new GeneralizedColumn(
            RuntimeIdentifier,
            row => (family.Read(row) << Bits) | architecture.Read(row),
            number => RuntimeId(TextOf(family, number >> Bits), TextOf(architecture, number & ((1 << Bits) - 1))));
    }

    private static string RuntimeId(string family, string architecture)
    {
        string system = family switch
        {
            "Windows" => "win",
            "MacOS" => "osx",
            "Linux" => "linux",
            "FreeBSD" => "freebsd",
            _ => "",
        };
        return system.Length == 0 || architecture is "" or "Other" ? "" : system + "-" + architecture.ToLowerInvariant();
    }
}
