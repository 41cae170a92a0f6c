using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Aggregation;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>Which publishes a query is about.</summary>
/// <param name="Table">The table of publishes, with its database.</param>
/// <param name="Period">When they ended.</param>
/// <param name="Filter">A condition in SQL; null for none.</param>
internal sealed record PublishScope(string Table, Period Period, string? Filter)
{
    /// <summary>The condition on publishes that tables count. Unfinished and running ones are in none.</summary>
    public static readonly string HasEnded = $"{FleetSchema.Result} IN {SqlText.Texts([FleetResult.Succeeded, FleetResult.Failed, FleetResult.Canceled])}";

    /// <summary>The publishes as they follow <c>FROM</c>, a row each. A shard that does not answer makes the query fail.</summary>
    public string From => $"{Table} FINAL";

    /// <summary>The condition on the publishes that tables count.</summary>
    public string WhereEnded => Where(HasEnded);

    /// <summary>The conditions of the scope, and others.</summary>
    public string Where(params IEnumerable<string> conditions) => string.Join(" AND ", Conditions().Concat(conditions));

    private IEnumerable<string> Conditions()
    {
        yield return $"{FleetSchema.TimeUnixNano} >= {SqlText.Number(UnixTime.Nanoseconds(Period.From))}";
        yield return $"{FleetSchema.TimeUnixNano} < {SqlText.Number(UnixTime.Nanoseconds(Period.To))}";
        if (Filter is not null)
        {
            yield return $"({Filter})";
        }
    }
}

/// <summary>Converts moments.</summary>
internal static class UnixTime
{
    /// <summary>Nanoseconds of a tick of .NET.</summary>
    public const long NanosecondsPerTick = 100;

    /// <summary>Nanoseconds since 1970 of a moment; 0 for an earlier one, and the last one that fits for a later one.</summary>
    public static long Nanoseconds(DateTimeOffset moment) =>
        (long)Int128.Clamp((Int128)(moment - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick, 0, long.MaxValue);

    /// <summary><see cref="DateTime.Ticks"/> of nanoseconds since 1970.</summary>
    public static long Ticks(long nanoseconds) => DateTime.UnixEpoch.Ticks + (nanoseconds / NanosecondsPerTick);

    /// <summary>The moment of nanoseconds since 1970.</summary>
    public static DateTimeOffset Moment(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / NanosecondsPerTick);
}
