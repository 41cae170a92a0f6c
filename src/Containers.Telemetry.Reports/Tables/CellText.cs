using Containers.Telemetry.Output;

namespace Containers.Telemetry.Reports.Tables;

/// <summary>Formats cells and counts, independent of the culture. The page's format.js does the same.</summary>
public static class CellText
{
    /// <summary>The text of a missing value.</summary>
    public const string None = "(none)";

    /// <summary>Stands for all values of a field, in the row of a whole.</summary>
    internal const string All = "(all)";

    private const double Kibi = 1024;
    private const long Mebi = 1 << 20;

    private static readonly string[] ByteUnits = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>Returns a cell for people: short, with its unit; empty for no value.</summary>
    public static string Format(ColumnKind kind, object? cell) => cell switch
    {
        null => "",
        string text => HarmlessText.Line(text),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        double fraction when kind is ColumnKind.Points => Percent(fraction) + " pp",
        double fraction => PartOf(fraction) + " %",
        long size when kind is ColumnKind.Bytes => Bytes(size),
        long milliseconds when kind is ColumnKind.Duration => Duration(milliseconds),
        IFormattable number => number.ToString("N0", CultureInfo.InvariantCulture),
        _ => "",
    };

    /// <summary>Returns a cell for people that is not rounded.</summary>
    internal static string Exact(ColumnKind kind, object cell) => cell switch
    {
        long size when kind is ColumnKind.Bytes => size % Mebi == 0 ? $"{Whole(size / Mebi)} MiB" : $"{Whole(size)} B",
        long milliseconds when kind is ColumnKind.Duration => $"{Whole(milliseconds)} ms",
        _ => Format(kind, cell),
    };

    /// <summary>Returns a count with its noun: "1 publish", "1,234 publishes".</summary>
    public static string Count(long count, string noun, string nouns) => count.ToString("N0", CultureInfo.InvariantCulture) + " " + (count == 1 ? noun : nouns);

    /// <summary>A cell for programs, without its unit: percents and points as fractions, bytes, milliseconds; empty for no value.</summary>
    internal static string ForPrograms(object? cell) => cell switch
    {
        null => "",
        string text => text,
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture),
        double fraction => fraction.ToString("0.######", CultureInfo.InvariantCulture),
        _ => ((IFormattable)cell).ToString(null, CultureInfo.InvariantCulture),
    };

    private static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Bytes(long size)
    {
        double value = size;
        int unit = 0;
        while (value >= Kibi - 0.5 && unit < ByteUnits.Length - 1)
        {
            value /= Kibi;
            unit++;
        }

        return value.ToString(unit == 0 || value >= 99.95 ? "0" : "0.0", CultureInfo.InvariantCulture) + " " + ByteUnits[unit];
    }

    // A part that is neither nothing nor all is not rounded to either.
    private static string PartOf(double fraction) => Percent(fraction) switch
    {
        "0.0" when fraction > 0 => "<0.1",
        "100.0" when fraction < 1 => ">99.9",
        var rounded => rounded,
    };

    // Show -0.0 as 0.0.
    private static string Percent(double fraction) => (fraction is > -0.0005 and < 0 ? 0 : fraction * 100).ToString("#,0.0", CultureInfo.InvariantCulture);

    // A number that is rounded to a whole unit has that unit: 59.96 s are 1.0 min.
    private static string Duration(long milliseconds)
    {
        double seconds = milliseconds / 1000.0;
        return seconds switch
        {
            < 1 => milliseconds.ToString(CultureInfo.InvariantCulture) + " ms",
            < 59.95 => seconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
            < 59.95 * 60 => (seconds / 60).ToString("0.0", CultureInfo.InvariantCulture) + " min",
            < 23.95 * 3600 => (seconds / 3600).ToString("0.0", CultureInfo.InvariantCulture) + " h",
            _ => (seconds / 86400).ToString("0.0", CultureInfo.InvariantCulture) + " d",
        };
    }
}
