namespace Containers.Telemetry.Reports.Datasets;

/// <summary>The limits for one user at each stage of generalisation.</summary>
/// <param name="Rows">The most rows. If a user has more, some are chosen by chance.</param>
/// <param name="Publishes">The most publishes in a row.</param>
internal readonly record struct ContributionLimit(int Rows, int Publishes)
{
    /// <summary>The limits of docs/dataset.md. More rows or publishes would need more noise.</summary>
    public static ContributionLimit Default { get; } = new(4, 4);
}
