using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Aggregation;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>The publishes of a query.</summary>
/// <param name="From">The publishes as they follow <c>FROM</c>, one row each.</param>
/// <param name="Period">The period in which they ended.</param>
/// <param name="Filter">A condition in SQL; null for none.</param>
internal sealed record PublishScope(string From, Period Period, string? Filter)
{
    /// <summary>The condition on publishes that tables count. Not unfinished or running ones.</summary>
    public static readonly string HasEnded = $"{FleetSchema.Result} IN {SqlText.Texts([FleetResult.Succeeded, FleetResult.Failed, FleetResult.Canceled])}";

    /// <summary>The condition on the publishes that tables count.</summary>
    public string WhereCounted => Where(Counted);

    /// <summary>The condition on those among all publishes of the scope.</summary>
    public string Counted { get; init; } = HasEnded;

    /// <summary>The condition on those of them that have a project.</summary>
    public string WhereInProject => Where(HasEnded, $"ProjectId != {SqlText.NoIdentifier}");

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
