using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Datasets;

/// <summary>Publishes, and their rows at each stage of generalisation.</summary>
internal interface IDatasetSource
{
    /// <summary>The number of stages, from 1. Publishes that are equal at a stage are equal at each later one.</summary>
    int Stages { get; }

    /// <summary>Supplies the publishes that are in no released row of an earlier stage, ordered by user.</summary>
    /// <param name="stage">The stage. A source is read once for each, in their order.</param>
    /// <param name="released">The rows that were released at each earlier stage.</param>
    /// <param name="take">Receives the user's pseudonym, if any, the row at this stage, and the number of the user's publishes in it.</param>
    void Read(int stage, IReadOnlyList<IReadOnlySet<GroupIdentity>> released, Action<Identifier, GroupIdentity, long> take);

    /// <summary>The texts of a row. Two rows of a stage have different ones, the same in each run.</summary>
    string[] TextsOf(GroupIdentity row);
}
