using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>The columns that say whether a version of .NET is still supported.</summary>
internal static class SupportColumns
{
    public static readonly ReportColumn[] Columns = [new("Support", "Support", ColumnKind.Text), new("SupportEnds", "Support ends", ColumnKind.Date)];

    /// <summary>The cells of a version; both empty when its support is not known.</summary>
    public static object?[] CellsOf(string? version, DateOnly today) =>
        version is null ? [null, null] : [DotnetSupport.StateOf(version, today), DotnetSupport.EndOf(version)];
}
