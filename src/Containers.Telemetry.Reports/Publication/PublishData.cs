using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Reports.Sections;
using Containers.Telemetry.Reports.Storage;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Publication;

/// <summary>
/// Makes an aggregate of a quarter that can be given away, in the manner of the .NET CLI's usage data: no row tells of fewer users than
/// a threshold.
/// </summary>
/// <remarks>
/// Publishes with the same values in all columns are a group. A group of enough distinct users is a row. The others are made less exact
/// in one column and grouped again, step by step, until they have enough users:
/// <list type="number">
/// <item>OSVersion: merged</item>
/// <item>BaseImageTag: its .NET version only</item>
/// <item>Timestamp: the month (2026-11) instead of the day (2026-11-20)</item>
/// <item>SDKVersion: the feature band (10.0.4xx)</item>
/// <item>Timestamp: the quarter (2026Q4)</item>
/// <item>SDKVersion: the .NET version (10.0)</item>
/// <item>Geography: merged</item>
/// <item>RuntimeID: merged</item>
/// <item>BaseImageTag, then SDKVersion: merged</item>
/// <item>ErrorKind: merged</item>
/// <item>BaseImage: merged</item>
/// <item>RegistryKinds: merged</item>
/// <item>OSFamily: merged</item>
/// <item>Outcome: merged</item>
/// </list>
/// Merged values are written as <c>*</c>. What has too few users even then is withheld. Publishes without a user's pseudonym count for
/// none. Pseudonyms are replaced every 90 days, so one user counts for two at most in most quarters: choose the threshold accordingly.
/// </remarks>
public static class PublishData
{
    /// <summary>The least number of distinct users of a row, unless another one is asked for.</summary>
    public const int DefaultThreshold = 10;

    private const string Timestamp = "Timestamp";
    private const string SdkVersion = "SDKVersion";
    private const string BaseImageTag = "BaseImageTag";

    private static readonly string[] Steps =
    [
        "OSVersion", BaseImageTag, Timestamp, SdkVersion, Timestamp, SdkVersion, "Geography", "RuntimeID", BaseImageTag, SdkVersion,
        "ErrorKind", "BaseImage", "RegistryKinds", "OSFamily", "Outcome",
    ];

    /// <summary>Reads files and makes the aggregate.</summary>
    /// <param name="sources">Files and folders, as for <see cref="Report.Run"/>.</param>
    /// <param name="quarter">The quarter.</param>
    /// <param name="threshold">The least number of distinct users of a row, from 1.</param>
    /// <param name="progress">Gets the progress of reading now and then; null for no reports.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static PublishDataResult Run(
        IReadOnlyList<string> sources,
        Quarter quarter,
        int threshold = DefaultThreshold,
        IProgress<ReadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold, 1);
        var layout = new RecordLayout(new[]
        {
            IdentityFields.AnonymousUserId, SurroundingsFields.Country, SurroundingsFields.OSFamily, SurroundingsFields.Architecture, SurroundingsFields.OSVersion,
            SurroundingsFields.SdkVersion, OutcomeFields.RemotePullType, OutcomeFields.LocalPullType, OutcomeFields.RemotePushType, OutcomeFields.LocalPushType,
            OutcomeFields.Error, InferenceFields.BaseImage, InferenceFields.BaseImageTag,
        }.Select(ReportField.Of));
        var store = new PublishStore(layout, ReportReader.MaxPublishes);
        ReadingStatistics reading = ReportReader.Read(sources, store, progress, cancellationToken);
        PublishSelection selection = PublishSelection.Create(store, quarter.Period, [], new HashSet<int>());

        GeneralizedColumn[] columns = Columns(layout, quarter);
        var rows = new List<PublishedRow>();
        long merged = 0;
        int[] levels = new int[columns.Length];
        List<int> pending = [.. Enumerable.Range(0, selection.Count)];
        pending = Publish(selection, columns, levels, pending, threshold, rows);
        foreach (string step in Steps)
        {
            levels[Array.FindIndex(columns, column => column.Name == step)]++;
            int before = pending.Count;
            pending = Publish(selection, columns, levels, pending, threshold, rows);
            merged += before - pending.Count;
        }

        return new PublishDataResult
        {
            Quarter = quarter,
            Threshold = threshold,
            Table = ToTable(columns, rows),
            Publishes = selection.Count,
            Merged = merged,
            Withheld = pending.Count,
            Reading = reading,
        };
    }

    /// <summary>Groups publishes at levels of exactness, makes rows of the groups that have enough users, and returns the publishes of the others.</summary>
    private static List<int> Publish(PublishSelection selection, GeneralizedColumn[] columns, int[] levels, List<int> pending, int threshold, List<PublishedRow> rows)
    {
        var groups = new Dictionary<GroupIdentity, Tally>();
        foreach (int index in pending)
        {
            PublishRow row = selection[index];
            GroupIdentity identity = IdentityOf(row, columns, levels);
            if (!groups.TryGetValue(identity, out Tally? tally))
            {
                tally = new Tally();
                groups.Add(identity, tally);
            }

            tally.Add(row);
        }

        foreach ((GroupIdentity identity, Tally tally) in groups)
        {
            if (tally.Users >= threshold)
            {
                rows.Add(new PublishedRow([.. columns.Select((column, i) => column.TextOf(identity[i]))], tally.Publishes));
            }
        }

        return pending.FindAll(index => groups[IdentityOf(selection[index], columns, levels)].Users < threshold);
    }

    private static GroupIdentity IdentityOf(PublishRow row, GeneralizedColumn[] columns, int[] levels)
    {
        var identity = default(GroupIdentity);
        for (int i = 0; i < columns.Length; i++)
        {
            identity[i] = columns[i].IdOf(row, levels[i]);
        }

        return identity;
    }

    private static ReportTable ToTable(GeneralizedColumn[] columns, List<PublishedRow> rows)
    {
        var table = new ReportTable(
            "publish-data",
            "Container publishes",
            [
                new(Timestamp, Timestamp, ColumnKind.Text), new("Occurrences", "Occurrences", ColumnKind.Count), new("Command", "Command", ColumnKind.Text),
                .. columns.Skip(1).Select(static column => new ReportColumn(column.Name, column.Name, ColumnKind.Text)),
            ]);
        foreach (PublishedRow row in rows.OrderBy(static row => string.Join('\t', row.Values), StringComparer.Ordinal))
        {
            table.Add([row.Values[0], row.Occurrences, "publish", .. row.Values.Skip(1)]);
        }

        return table;
    }

    private static GeneralizedColumn[] Columns(RecordLayout layout, Quarter quarter)
    {
        TransferPlace pull = TransferPlace.Pull(layout);
        TransferPlace push = TransferPlace.Push(layout);
        const int PlaceBits = 20;
        return
        [
            new(
                Timestamp,
                static row => row.Time / TimeSpan.TicksPerDay,
                static day => CellText.Format(ColumnKind.Date, DateOnly.FromDayNumber((int)day)),
                static day => day[..^"-dd".Length],
                _ => quarter.ToString()),
            Text(layout, SurroundingsFields.Country, "Geography"),
            Text(layout, SurroundingsFields.OSFamily, "OSFamily"),
            RuntimeId(layout),
            Text(layout, SurroundingsFields.OSVersion, "OSVersion"),
            Text(layout, SurroundingsFields.SdkVersion, SdkVersion, FeatureBand, DotnetVersion),
            new(
                "RegistryKinds",
                row => (pull.NumberOf(row) << PlaceBits) | push.NumberOf(row),
                number => pull.TextOf(number >> PlaceBits) + ">" + push.TextOf(number & ((1 << PlaceBits) - 1))),
            Text(layout, DetailFields.Outcome, "Outcome"),
            Text(layout, OutcomeFields.Error, "ErrorKind"),
            Text(layout, InferenceFields.BaseImage, "BaseImage"),
            Text(layout, InferenceFields.BaseImageTag, BaseImageTag, DotnetVersion),
        ];
    }

    private static GeneralizedColumn Text(RecordLayout layout, Events.Schema.EventField field, string name, params Func<string, string>[] generalizations)
    {
        var column = (TextColumn)layout[field];
        return new GeneralizedColumn(name, row => column.Read(row), number => number == 0 ? "" : column.Texts.TextOf((int)number), generalizations);
    }

    private static GeneralizedColumn RuntimeId(RecordLayout layout)
    {
        const int Bits = 8;
        var family = (TextColumn)layout[SurroundingsFields.OSFamily];
        var architecture = (TextColumn)layout[SurroundingsFields.Architecture];
        return new GeneralizedColumn(
            "RuntimeID",
            row => (family.Read(row) << Bits) | architecture.Read(row),
            number => RuntimeId(Name(family, number >> Bits), Name(architecture, number & ((1 << Bits) - 1))));

        static string Name(TextColumn column, long number) => number == 0 ? "" : column.Texts.TextOf((int)number);
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

    /// <summary>Makes 10.0.4xx of 10.0.401.</summary>
    private static string FeatureBand(string version)
    {
        int patch = version.LastIndexOf('.') + 1;
        int end = patch;
        while (end < version.Length && char.IsAsciiDigit(version[end]))
        {
            end++;
        }

        return patch > 0 && end == patch + 3 ? version[..(patch + 1)] + "xx" : DotnetVersion(version);
    }

    /// <summary>Makes 10.0 of 10.0.401 and of 10.0-noble-chiseled.</summary>
    private static string DotnetVersion(string version)
    {
        int dots = 0;
        int end = 0;
        while (end < version.Length && (char.IsAsciiDigit(version[end]) || (version[end] == '.' && ++dots < 2)))
        {
            end++;
        }

        return version[..end].TrimEnd('.') is { Length: > 0 } number ? number : version.Length == 0 ? "" : GeneralizedColumn.Anything;
    }

    /// <summary>A row of the aggregate.</summary>
    private sealed record PublishedRow(string[] Values, long Occurrences);
}
