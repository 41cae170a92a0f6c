using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Datasets;

/// <summary>The publishes of a quarter in files, which were read into memory.</summary>
internal sealed class PublishSource(PublishSelection selection, GeneralizedRows rows) : IDatasetSource
{
    private int[] _pending = [.. Enumerable.Range(0, selection.Count)];

    public int Stages => rows.Stages;

    public void Read(int stage, IReadOnlyList<IReadOnlySet<GroupIdentity>> released, Action<Identifier, GroupIdentity, long> take)
    {
        if (stage > 0)
        {
            _pending = Array.FindAll(_pending, publish => !released[stage - 1].Contains(rows.RowOf(selection[publish], stage - 1)));
        }

        foreach (int publish in _pending)
        {
            take(UserOf(selection[publish]), rows.RowOf(selection[publish], stage), 1);
        }
    }

    public string[] TextsOf(GroupIdentity row) => rows.TextsOf(row);

    private Identifier UserOf(PublishRow publish) => publish.User > 0 ? selection.Layout.Users.Identifiers.IdentifierOf(publish.User) : default;
}
