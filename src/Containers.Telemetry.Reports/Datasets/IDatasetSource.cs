using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Datasets;

/// <summary>Publishes, and the rows that they are in at each stage of generalisation.</summary>
internal interface IDatasetSource
{
    /// <summary>The number of stages, from 1. Publishes that are alike at a stage are alike at each later one.</summary>
    int Stages { get; }

    /// <summary>Hands over the publishes that are in no released row of an earlier stage, one user's after another's.</summary>
    /// <param name="stage">The stage. A source is read once for each, in their order.</param>
    /// <param name="released">The rows that were released at each earlier stage.</param>
    /// <param name="take">Takes the user's pseudonym, none where there is none, the row at this stage, and how many publishes of the user it is about.</param>
    void Read(int stage, IReadOnlyList<IReadOnlySet<GroupIdentity>> released, Action<Identifier, GroupIdentity, long> take);

    /// <summary>The texts of a row. Two rows of a stage have different ones, the same in each run.</summary>
    string[] TextsOf(GroupIdentity row);
}
