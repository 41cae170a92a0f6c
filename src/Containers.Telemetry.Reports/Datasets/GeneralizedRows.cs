using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Datasets;

/// <summary>The rows of publishes at each stage of generalisation.</summary>
internal sealed class GeneralizedRows(GeneralizedColumn[] columns)
{
    private readonly int[][] _levels = DatasetColumns.LevelsOf(columns);

    /// <inheritdoc cref="IDatasetSource.Stages"/>
    public int Stages => _levels.Length;

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
