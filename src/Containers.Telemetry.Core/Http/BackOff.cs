namespace Containers.Telemetry.Http;

/// <summary>How long an endpoint that failed is left alone. It spans publishes, since each of them tries once at most.</summary>
internal static class BackOff
{
    /// <summary>The longest time that an endpoint is left alone without having asked for it.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>The longest time that an endpoint may ask for. A mistake in its configuration must not end the export for good.</summary>
    public static readonly TimeSpan LongestAskedFor = TimeSpan.FromDays(1);

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);

    /// <summary>How long to wait: what the endpoint asks for, else a time that doubles with each failure in a row, less up to half of it.</summary>
    /// <param name="failures">The failures in a row; at least 1.</param>
    /// <param name="askedFor">What the endpoint asks for; null when it does not say.</param>
    public static TimeSpan Wait(int failures, TimeSpan? askedFor)
    {
        if (askedFor is { } asked)
        {
            return asked < LongestAskedFor ? asked : LongestAskedFor;
        }

        // 2^10 times the shortest is more than the longest.
        TimeSpan doubled = Shortest * (1 << Math.Min(failures - 1, 10));
        TimeSpan wait = doubled < Longest ? doubled : Longest;

        // By chance, so that the machines that an outage hit together do not come back together.
        return wait * (1 - (Random.Shared.NextDouble() / 2));
    }
}
