using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Datasets;

/// <summary>A dataset of one quarter. All of it may be shared.</summary>
public sealed record DatasetRelease
{
    /// <summary>The suffix of each <c>Timestamp</c> of a quarter that had not ended.</summary>
    public const string UnfinishedMark = " unfinished";

    public required Quarter Quarter { get; init; }

    /// <summary>Whether the quarter had not ended when the dataset was made.</summary>
    public required bool IsUnfinished { get; init; }

    public required PrivacyBudget Budget { get; init; }

    /// <summary>The most rows that one user counts for, at each stage of generalisation.</summary>
    public required int RowsOfUser { get; init; }

    /// <summary>The most publishes that one user counts for in a row.</summary>
    public required int PublishesOfUserInRow { get; init; }

    /// <summary>The standard deviation of the noise in each count, in publishes.</summary>
    public required long Noise { get; init; }

    /// <summary>The least count of a row, in publishes.</summary>
    public required long Threshold { get; init; }

    public required IReadOnlyList<DatasetRow> Rows { get; init; }

    /// <summary>The rows as a table; to be written with <see cref="Rendering.TsvRenderer"/>.</summary>
    public ReportTable ToTable()
    {
        var table = new ReportTable("dataset", "Container publishes", DatasetColumns.InFile);
        foreach (DatasetRow row in Rows)
        {
            table.Add([row.Values[0], row.Occurrences, "publish", .. row.Values.Skip(1)]);
        }

        return table;
    }
}

/// <param name="Values">The values of all columns but <c>Occurrences</c> and <c>Command</c>, in the order of the file.</param>
/// <param name="Occurrences">The number of publishes: within the limits of a user, with noise.</param>
public sealed record DatasetRow(IReadOnlyList<string> Values, long Occurrences);
