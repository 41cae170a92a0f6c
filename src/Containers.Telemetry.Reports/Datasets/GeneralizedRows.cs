using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Datasets;

/// <summary>The rows of publishes at each stage of generalisation.</summary>
/// <param name="columns">The columns of the dataset.</param>
internal sealed class GeneralizedRows(GeneralizedColumn[] columns)
{
    private readonly int[][] _levels = DatasetColumns.LevelsOf(columns);

    /// <inheritdoc cref="IDatasetSource.Stages"/>
    public int Stages => _levels.Length;

    /// <summary>The row of a publish at a stage.</summary>
    public GroupIdentity RowOf(PublishRow publish, int stage)
    {
        var identity = default(GroupIdentity);
        for (int i = 0; i < columns.Length; i++)
        {
            identity[i] = columns[i].IdOf(publish, _levels[stage][i]);
        }

        return identity;
    }

    /// <inheritdoc cref="IDatasetSource.TextsOf"/>
    public string[] TextsOf(GroupIdentity row) => [.. columns.Select((column, i) => column.TextOf(row[i]))];
}
