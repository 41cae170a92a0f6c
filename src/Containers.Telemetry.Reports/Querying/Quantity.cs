namespace Containers.Telemetry.Reports.Querying;

/// <summary>Reads numbers with a unit as people type them: <c>5s</c>, <c>1.5h</c>, <c>200MB</c>.</summary>
internal static class Quantity
{
    private static readonly (string Name, decimal Factor)[] Times =
        [("ms", 1), ("s", 1000), ("m", 60_000), ("min", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

    private static readonly (string Name, decimal Factor)[] Sizes =
    [
        ("B", 1), ("kB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
    ];

    /// <summary>The allowed forms, for messages.</summary>
    /// <param name="unit">The unit of the field: <c>ms</c>, <c>bytes</c>, or null for a count.</param>
    public static string Forms(string? unit) => unit switch
    {
        "ms" => "a time such as 800ms, 5s or 2min",
        "bytes" => "a size such as 200MB or 1GiB",
        _ => "a whole number",
    };

    /// <summary>Reads a number; without a unit it is of the field's own.</summary>
    public static bool TryParse(string text, string? unit, out long number)
    {
        number = 0;
        int end = text.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        string suffix = text[end..].Trim();
        decimal? factor = suffix.Length == 0 ? 1 : Find(unit switch { "ms" => Times, "bytes" => Sizes, _ => [] }, suffix);
        if (factor is null
            || end > 24
            || !decimal.TryParse(text.AsSpan(0, end), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
            || value > long.MaxValue / factor.Value
            || (unit is null && value != decimal.Truncate(value)))
        {
            return false;
        }

        number = (long)(value * factor.Value);
        return true;
    }

    private static decimal? Find((string Name, decimal Factor)[] units, string suffix)
    {
        int index = Array.FindIndex(units, unit => unit.Name.Equals(suffix, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? null : units[index].Factor;
    }
}
