namespace Containers.Telemetry.Reports.Querying;

/// <summary>Finds the existing names that are most like a mistyped one.</summary>
public static class NearestNames
{
    private const int MaxCount = 3;
    private const int MinPartLength = 3;

    /// <summary>Returns at most three names that are like a text, the nearest first; none when nothing is like it.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="names">What exists.</param>
    public static IReadOnlyList<string> Find(string text, IEnumerable<string> names)
    {
        int limit = Math.Max(2, text.Length / 3);
        return
        [
            .. names
                .Select(name => (
                    Name: name,
                    Distance: DistanceWithin(limit, text, name),
                    IsPart: text.Length >= MinPartLength && name.Contains(text, StringComparison.OrdinalIgnoreCase)))
                .Where(candidate => candidate.Distance <= limit || candidate.IsPart)
                .OrderBy(static candidate => candidate.IsPart ? 0 : candidate.Distance)
                .ThenBy(static candidate => candidate.Name.Length)
                .ThenBy(static candidate => candidate.Name, StringComparer.Ordinal)
                .Select(static candidate => candidate.Name)
                .Distinct(StringComparer.Ordinal)
                .Take(MaxCount),
        ];
    }

    // The distance is at least the difference of the lengths, so most pairs need no table. Beyond the limit, any number will do.
    private static int DistanceWithin(int limit, string first, string second) =>
        Math.Abs(first.Length - second.Length) <= limit ? Distance(first, second) : int.MaxValue;

    /// <summary>Counts the letters to insert, delete, replace or swap with their neighbour (optimal string alignment), in any case.</summary>
    internal static int Distance(string first, string second)
    {
        int[] beforePrevious = new int[second.Length + 1];
        int[] previous = [.. Enumerable.Range(0, second.Length + 1)];
        int[] current = new int[second.Length + 1];
        for (int i = 1; i <= first.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= second.Length; j++)
            {
                int replacement = previous[j - 1] + (AreEqual(first[i - 1], second[j - 1]) ? 0 : 1);
                int best = Math.Min(replacement, 1 + Math.Min(previous[j], current[j - 1]));
                if (i > 1 && j > 1 && AreEqual(first[i - 1], second[j - 2]) && AreEqual(first[i - 2], second[j - 1]))
                {
                    best = Math.Min(best, beforePrevious[j - 2] + 1);
                }

                current[j] = best;
            }

            (beforePrevious, previous, current) = (previous, current, beforePrevious);
        }

        return previous[second.Length];
    }

    private static bool AreEqual(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
