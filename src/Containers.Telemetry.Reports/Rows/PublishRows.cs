namespace Containers.Telemetry.Reports.Rows;

/// <summary>
/// The publishes of a report and of the period before, by project and time, those without an outcome last, so that a page can filter them and recompute
/// figures.
/// </summary>
public sealed class PublishRows
{
    /// <summary>The most publishes that a page carries: some five megabytes.</summary>
    public const int MaxRows = 200_000;

    public required int Count { get; init; }

    /// <summary>The axes that publishes can be filtered and grouped by.</summary>
    public required IReadOnlyList<RowAxis> Axes { get; init; }

    /// <summary>The names of the numbers that each row has.</summary>
    public required IReadOnlyList<string> Numbers { get; init; }

    /// <summary>
    /// The columns one after the other, each number as a base-128 varint: the end of the publish (milliseconds since 1970, the difference from the
    /// row before, zigzag), the <see cref="RowPeriods"/> that the publish is in, the outcome (0 succeeded, 1 failed, 2 canceled, 3 unfinished), the user, the
    /// project (0 for none), the position of the value on each axis, and each number (one more than it is; 0 for none).
    /// </summary>
    public required ReadOnlyMemory<byte> Columns { get; init; }
}

/// <summary>An axis that publishes can be filtered and grouped by.</summary>
/// <param name="Id">The id of the table columns that show it.</param>
/// <param name="Values">Its displayed values; several at one position for publishes that have all of them.</param>
public sealed record RowAxis(string Id, IReadOnlyList<IReadOnlyList<string>> Values);

[Flags]
internal enum RowPeriods
{
    None = 0,

    /// <summary>The period of the query.</summary>
    Asked = 1,

    /// <summary>The period of the trends.</summary>
    Trend = 2,

    /// <summary>The period before that.</summary>
    Previous = 4,
}
