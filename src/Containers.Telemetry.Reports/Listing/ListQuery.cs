using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry.Reports.Listing;

/// <summary>Selects the publishes of a list and their fields.</summary>
public sealed record ListQuery
{
    /// <summary>The first moment; null for the first publish.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The moment before which they ended; null for all.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The filter; null for all.</summary>
    public Filter? Where { get; init; }

    /// <summary>Their outcome: one of <see cref="PublishEntry.Outcome"/>; null for any.</summary>
    public string? Outcome { get; init; }

    /// <summary>The most publishes, the latest of them; null for all.</summary>
    public int? Last { get; init; }

    /// <summary>Reads only so many publishes at the end of the store; null to read as many as the other conditions need.</summary>
    public int? Within { get; init; }

    public required IReadOnlyList<ReportField> Fields { get; init; }

    /// <summary>Whether the list includes dimensions that only the reading finds; see <see cref="PublishList.Fields"/>.</summary>
    public bool TakesAllDimensions { get; init; }

    /// <summary>Whether only the end of the store is read, which is too fast for a progress bar.</summary>
    public bool ReadsEndAlone => Enough is not null;

    /// <summary>The number of publishes at the end of the store after which reading stops; null to read all.</summary>
    internal int? Enough => Within ?? (Since is null && Until is null && Where is null && Outcome is null ? Last : null);

    /// <summary>Returns the query with other dimensions among its fields, and those of its filter.</summary>
    internal ListQuery WithDimensions(IEnumerable<string> others)
    {
        IEnumerable<ReportField> filtered = (Where?.Comparisons ?? []).Select(static comparison => comparison.Field);
        IEnumerable<ReportField> known = Fields.Concat(filtered).Where(static field => field.IsDimension);
        return this with
        {
            Fields =
            [
                .. Fields.Where(static field => !field.IsDimension),
                .. DimensionNames.Join(known.Select(static field => field.DimensionName), others).Select(ReportField.OfDimension),
            ],
        };
    }
}
