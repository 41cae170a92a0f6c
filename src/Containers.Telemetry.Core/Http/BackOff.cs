namespace Containers.Telemetry.Http;

/// <summary>The pause after a failure of an endpoint. It spans publishes, since each of them tries at most once.</summary>
internal static class BackOff
{
    /// <summary>The longest pause that the endpoint did not request.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>The longest pause that an endpoint may request. A mistake in its configuration must not stop the export permanently.</summary>
    public static readonly TimeSpan LongestAskedFor = TimeSpan.FromDays(1);

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);

    /// <summary>The pause: as the endpoint requests, else a time that doubles with each failure in a row, minus up to half of it.</summary>
    /// <param name="failures">The failures in a row; at least 1.</param>
    /// <param name="askedFor">The endpoint's request; null for none.</param>
    public static TimeSpan Wait(int failures, TimeSpan? askedFor)
    {
        if (askedFor is { } asked)
        {
            return asked < LongestAskedFor ? asked : LongestAskedFor;
        }

        // 2^10 times the shortest is more than the longest.
        TimeSpan doubled = Shortest * (1 << Math.Min(failures - 1, 10));
        TimeSpan wait = doubled < Longest ? doubled : Longest;

        // Random, so that machines do not retry together after an outage.
        return wait * (1 - (Random.Shared.NextDouble() / 2));
    }
}
