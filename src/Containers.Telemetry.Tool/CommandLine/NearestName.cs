namespace Containers.Telemetry.Tool.CommandLine;

/// <summary>Finds what somebody meant who mistyped a name.</summary>
internal static class NearestName
{
    /// <summary>The candidate that the fewest edits lead to, or null where none is near.</summary>
    public static string? Find(string text, IEnumerable<string> candidates)
    {
        string? nearest = null;
        int farthest = Math.Max(2, text.Length / 3);
        foreach (string candidate in candidates)
        {
            int distance = Distance(text, candidate);
            bool isBeginning = text.Length > 2 && candidate.StartsWith(text, StringComparison.OrdinalIgnoreCase);
            if (isBeginning)
            {
                distance = 1;
            }

            if (distance <= farthest)
            {
                nearest = candidate;
                farthest = distance - 1;
            }
        }

        return nearest;
    }

    // Optimal string alignment: insertions, deletions, substitutions, and neighbours that changed places.
    private static int Distance(string left, string right)
    {
        int[,] distances = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
        {
            for (int j = 0; j <= right.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distances[i, j] = i + j;
                    continue;
                }

                bool isSame = AreSame(left[i - 1], right[j - 1]);
                int best = Math.Min(
                    Math.Min(distances[i - 1, j], distances[i, j - 1]) + 1,
                    distances[i - 1, j - 1] + (isSame ? 0 : 1));
                if (i > 1 && j > 1 && AreSame(left[i - 1], right[j - 2]) && AreSame(left[i - 2], right[j - 1]))
                {
                    best = Math.Min(best, distances[i - 2, j - 2] + 1);
                }

                distances[i, j] = best;
            }
        }

        return distances[left.Length, right.Length];
    }

    private static bool AreSame(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
