using Containers.Telemetry.Fleet.Connection;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>
/// Groups by texts. ClickHouse hashes each text of a column's dictionary once, and adds numbers for each row; grouping by the texts themselves takes
/// several times as long. A collision of 64 bits among some thousand combinations is practically impossible.
/// </summary>
internal static class TextKey
{
    /// <summary>Writes the number that represents the texts of some columns.</summary>
    /// <remarks>The same texts may be in several columns: no two sets of powers of three have the same sum.</remarks>
    public static string Of(IEnumerable<string> columns)
    {
        long factor = 1;
        var terms = new List<string>();
        foreach (string column in columns)
        {
            terms.Add($"{SqlText.Number(factor)} * cityHash64({column})");
            factor *= 3;
        }

        return string.Join(" + ", terms);
    }

    /// <summary>The texts of a group, under separate names.</summary>
    public static IEnumerable<string> Taken(IEnumerable<string> columns) => columns.Select(static (column, i) => $"any({column}) AS {NameOf(i)}");

    /// <summary>The texts of a group, under the names of their columns.</summary>
    public static IEnumerable<string> Named(IEnumerable<string> columns) => columns.Select(static (column, i) => $"{NameOf(i)} AS {column}");

    /// <summary>The name of the texts of a column in a group.</summary>
    /// <param name="number">The number of the column.</param>
    public static string NameOf(int number) => "Text" + SqlText.Number(number);
}
