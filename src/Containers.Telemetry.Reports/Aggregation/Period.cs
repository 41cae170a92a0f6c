namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>A period of time, UTC.</summary>
/// <param name="From">Its first moment.</param>
/// <param name="To">The moment at which it ends; itself not in it.</param>
public readonly record struct Period(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>The period of the same length that ends where this one begins.</summary>
    public Period Previous()
    {
        TimeSpan length = To - From;
        return new Period(length > From - DateTimeOffset.MinValue ? DateTimeOffset.MinValue : From - length, From);
    }

    /// <summary>Whether a moment is in it.</summary>
    /// <param name="ticks"><see cref="DateTime.Ticks"/>, UTC.</param>
    internal bool Contains(long ticks) => ticks >= From.UtcTicks && ticks < To.UtcTicks;
}
