using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>The key of an event that has arrived.</summary>
/// <param name="BeganDay">The day on which its publish began, in the table's form: <c>2026-11-20</c>.</param>
/// <param name="Time">Its time: Unix nanoseconds.</param>
internal sealed record ArrivedKey(string BeganDay, Guid PublishId, Guid EventId, long Time)
{
    /// <summary>So many are far below ClickHouse's default limit for a query, 256 KiB.</summary>
    public const int Most = 1000;

    /// <summary>The condition on the rows of their publishes, by the key of the table.</summary>
    public static string IsOfPublishes(IReadOnlyList<ArrivedKey> keys)
    {
        IEnumerable<string> days = keys.Select(static key => key.BeganDay)
            .Distinct(StringComparer.Ordinal)
            .Select(static day => $"toDate({SqlText.Text(day)})");
        IEnumerable<string> publishes = keys.Select(static key => SqlText.Identifier(key.PublishId));
        return $"{FleetSchema.BeganDay} IN ({string.Join(", ", days)}) AND {FleetSchema.PublishId} IN ({string.Join(", ", publishes)})";
    }

    /// <summary>The condition on their rows, by the key of the table.</summary>
    public static string IsOfEvents(IReadOnlyList<ArrivedKey> keys) =>
        $"{IsOfPublishes(keys)} AND {FleetSchema.EventId} IN ({string.Join(", ", keys.Select(static key => SqlText.Identifier(key.EventId)))})";
}
