namespace Containers.Telemetry.StoreGenerator;

/// <summary>
/// A year of publishes: more by day than by night, fewer on weekends, more from month to month; a failed publish is tried again.
/// </summary>
internal static class PublishHistory
{
    private const double UnfinishedRate = 0.003;
    private const double RetryRate = 0.65;
    private const double RetrySuccessRate = 0.8;

    private static readonly DateTimeOffset Start = new(2025, 11, 15, 0, 0, 0, TimeSpan.Zero);
    private const int Hours = 365 * 24;

    /// <summary>Makes the events of publishes, ordered by the ends of the publishes.</summary>
    /// <param name="publishes">The number of publishes.</param>
    /// <param name="random">The source of all random values.</param>
    /// <param name="isPlain">Whether each publish has exactly two events.</param>
    public static IEnumerable<GeneratedEvent> Events(int publishes, Random random, bool isPlain)
    {
        var projects = new ProjectPopulation(publishes, random, isPlain);
        var retries = new PriorityQueue<ProjectOwner, DateTimeOffset>();
        double[] hours = CumulativeHours();
        for (int i = 0; i < publishes; i++)
        {
            DateTimeOffset time = TimeAt((i + random.NextDouble()) / publishes, hours, random);
            bool isRetry = retries.TryPeek(out ProjectOwner? owner, out DateTimeOffset due) && due <= time;
            if (isRetry)
            {
                retries.Dequeue();
            }
            else
            {
                owner = projects.Next(random);
            }

            Project project = owner!.Project;
            FailureCause? failure = Incident.Of(project, time, random) ?? (random.NextDouble() < (isRetry ? 1 - RetrySuccessRate : project.FailureRate)
                ? (project.Destination.Remote is null ? FailureCause.Local : FailureCause.Remote).Next(random)
                : null);
            if (failure is not null && random.NextDouble() < RetryRate)
            {
                retries.Enqueue(owner, time + TimeSpan.FromMinutes(1 + (random.NextDouble() * 40)));
            }

            var publish = new GeneratedPublish(owner, time, random);
            foreach (GeneratedEvent generated in publish.Events(failure, isUnfinished: !isPlain && random.NextDouble() < UnfinishedRate))
            {
                yield return generated;
            }
        }
    }

    private static double[] CumulativeHours()
    {
        var cumulative = new double[Hours];
        double sum = 0;
        for (int hour = 0; hour < Hours; hour++)
        {
            DateTimeOffset time = Start.AddHours(hour);
            double day = time.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.15 : 1;
            double ofDay = time.Hour is >= 7 and < 18 ? 1 : time.Hour is >= 18 and < 22 ? 0.4 : 0.1;
            double growth = 1 + (0.8 * hour / Hours);
            cumulative[hour] = sum += day * ofDay * growth;
        }

        return cumulative;
    }

    private static DateTimeOffset TimeAt(double share, double[] cumulative, Random random)
    {
        int hour = Array.BinarySearch(cumulative, share * cumulative[^1]);
        return Start.AddHours(Math.Min(hour < 0 ? ~hour : hour, Hours - 1)).AddTicks(random.NextInt64(TimeSpan.TicksPerHour));
    }
}
