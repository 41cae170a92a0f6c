using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Datasets;

/// <summary>The publishes of a quarter.</summary>
internal sealed class PublishSource(PublishSelection selection, GeneralizedColumn[] columns) : IDatasetSource
{
    private readonly int[][] _levels = DatasetColumns.LevelsOf(columns);

    public int Stages => _levels.Length;

    public int Count => selection.Count;

    public Identifier UserOf(int publish) => selection[publish].User is > 0 and var user ? selection.Layout.Users.Identifiers.IdentifierOf(user) : default;

    public GroupIdentity RowOf(int publish, int stage)
    {
        PublishRow row = selection[publish];
        var identity = default(GroupIdentity);
        for (int i = 0; i < columns.Length; i++)
        {
            identity[i] = columns[i].IdOf(row, _levels[stage][i]);
        }

        return identity;
    }

    public string[] TextsOf(GroupIdentity row) => [.. columns.Select((column, i) => column.TextOf(row[i]))];
}
