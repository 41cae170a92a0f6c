namespace Containers.Telemetry.Fleet.Reports;

/// <summary>
/// Groups by texts. ClickHouse hashes each text of a column's dictionary once, and adds numbers for each row; to group by the texts themselves takes several
/// times as long. That two of some thousand combinations have the same 64 bits is as good as excluded.
/// </summary>
internal static class TextKey
{
    /// <summary>Writes the number that stands for the texts of some columns.</summary>
    public static string Of(IEnumerable<string> columns) =>
        string.Join(" + ", columns.Select(static (column, i) => FormattableString.Invariant($"{(2 * i) + 1} * cityHash64({column})")));
}
