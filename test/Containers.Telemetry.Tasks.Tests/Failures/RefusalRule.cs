using System.Globalization;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Failures;

/// <summary>The rule in docs/kinds-of-error.md, read from its two tables.</summary>
internal static class RefusalRule
{
    private const string NoFailure = "–";

    private static readonly string[][] Rows =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs", "kinds-of-error.md"))
            .SkipWhile(line => line != "## When a registry refuses a request").Skip(1)
            .TakeWhile(line => !line.StartsWith('#'))
            .Where(line => line.StartsWith('|') && !line.StartsWith("| ---", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)),
    ];

    /// <summary>The steps on the page, each with its direction.</summary>
    public static IEnumerable<(ProtocolStep Step, TransferDirection Direction)> Steps =>
        Rows.Where(row => row is [not "Step", _, _, _, _, _]).Select(row => (Enum.Parse<ProtocolStep>(row[0]), Direction(row)));

    /// <summary>Returns the kind on the page; null if the answer is not a failure.</summary>
    public static string? KindOf(ProtocolStep step, TransferDirection direction, int status)
    {
        string cell = Rows.FirstOrDefault(row => row is [not "Status", _] && IsWithin(row[0], status)) is { } anywhere
            ? anywhere[1]
            : Rows.Single(row => row is [_, _, _, _, _, _] && row[0] == step.ToString() && Direction(row) == direction)[ColumnOf(status)];
        return cell == NoFailure ? null : cell.Trim('`');
    }

    private static TransferDirection Direction(string[] row) => Enum.Parse<TransferDirection>(row[2], ignoreCase: true);

    private static int ColumnOf(int status) => status switch
    {
        401 or 403 => 3,
        404 => 4,
        _ => 5,
    };

    private static bool IsWithin(string range, int status)
    {
        int[] bounds = [.. range.Split(" to ").Select(bound => int.Parse(bound, CultureInfo.InvariantCulture))];
        return status >= bounds[0] && status <= bounds[^1];
    }
}
