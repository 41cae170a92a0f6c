using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Datasets;

/// <summary>Publishes, and the rows that they would be in at each stage of generalisation.</summary>
internal interface IDatasetSource
{
    /// <summary>The number of stages, from 1. Publishes that are alike at a stage are alike at each later one.</summary>
    int Stages { get; }

    /// <summary>The number of publishes.</summary>
    int Count { get; }

    /// <summary>The user's pseudonym; none where there is none.</summary>
    Identifier UserOf(int publish);

    /// <summary>The row that a publish is in at a stage.</summary>
    GroupIdentity RowOf(int publish, int stage);

    /// <summary>The texts of a row. Two rows of a stage have different ones, the same in each run.</summary>
    string[] TextsOf(GroupIdentity row);
}
