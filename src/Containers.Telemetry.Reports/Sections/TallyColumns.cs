using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>The columns that say how many publishes there were.</summary>
internal static class TallyColumns
{
    public static readonly ReportColumn Publishes = new("Publishes", "Publishes", ColumnKind.Count);
    public static readonly ReportColumn Share = new("Share", "Share", ColumnKind.Percent);
    public static readonly ReportColumn Succeeded = new("Succeeded", "Succeeded", ColumnKind.Count);
    public static readonly ReportColumn Failed = new("Failed", "Failed", ColumnKind.Count);
    public static readonly ReportColumn Canceled = new("Canceled", "Canceled", ColumnKind.Count);
    public static readonly ReportColumn SuccessRate = new("SuccessRate", "Success rate", ColumnKind.Percent);
    public static readonly ReportColumn Users = new("Users", "Users", ColumnKind.Count);

    /// <summary>The columns of one group among others.</summary>
    public static readonly ReportColumn[] OfGroup = [Publishes, Share, Failed, SuccessRate, Users];

    /// <summary>The cells of one group among others.</summary>
    /// <param name="tally">The group.</param>
    /// <param name="all">Number of all publishes.</param>
    public static object?[] CellsOf(Tally tally, long all) => [tally.Publishes, Tally.Ratio(tally.Publishes, all), tally.Failed, tally.SuccessRate, tally.Users];
}
