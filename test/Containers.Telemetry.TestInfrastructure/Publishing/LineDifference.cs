namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>The line differences of two texts, as <c>diff</c> shows them.</summary>
internal static class LineDifference
{
    /// <summary>Returns the lines of only one text, in order: "- " marks those of the first, "+ " those of the second.</summary>
    public static IEnumerable<string> Compute(IReadOnlyList<string> first, IReadOnlyList<string> second)
    {
        int start = 0;
        while (start < first.Count && start < second.Count && first[start] == second[start])
        {
            start++;
        }

        int firstEnd = first.Count;
        int secondEnd = second.Count;
        while (firstEnd > start && secondEnd > start && first[firstEnd - 1] == second[secondEnd - 1])
        {
            firstEnd--;
            secondEnd--;
        }

        return ComputeMiddle([.. first.Take(start..firstEnd)], [.. second.Take(start..secondEnd)]);
    }

    private static IEnumerable<string> ComputeMiddle(string[] first, string[] second)
    {
        // The length of the longest common subsequence of the rests after each pair of positions.
        int[,] common = new int[first.Length + 1, second.Length + 1];
        for (int i = first.Length - 1; i >= 0; i--)
        {
            for (int j = second.Length - 1; j >= 0; j--)
            {
                common[i, j] = first[i] == second[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        for (int i = 0, j = 0; i < first.Length || j < second.Length;)
        {
            if (i < first.Length && j < second.Length && first[i] == second[j])
            {
                i++;
                j++;
            }
            else if (j == second.Length || (i < first.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                yield return $"- {first[i++]}";
            }
            else
            {
                yield return $"+ {second[j++]}";
            }
        }
    }
}
