namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>A period of time, UTC.</summary>
/// <param name="To">The moment at which it ends; itself not in it.</param>
public readonly record struct Period(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>The period of the same length that ends where this one begins.</summary>
    public Period Previous() => Until(From, To - From);

    /// <summary>The period of a length that ends at a moment. It begins no earlier than time does, and no later than it ends.</summary>
    public static Period Until(DateTimeOffset to, TimeSpan length) =>
        new(new DateTimeOffset(Math.Clamp(to.UtcTicks - length.Ticks, DateTime.MinValue.Ticks, to.UtcTicks), TimeSpan.Zero), to);

    /// <param name="ticks"><see cref="DateTime.Ticks"/>, UTC.</param>
    internal bool Contains(long ticks) => ticks >= From.UtcTicks && ticks < To.UtcTicks;
}
