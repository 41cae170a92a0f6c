using Containers.Telemetry.PublishOverhead.Checks;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.PublishOverhead;

/// <summary>A way to publish the sample.</summary>
/// <param name="Name">Its name in the tables.</param>
/// <param name="Project">A copy of the sample, with the package or without.</param>
internal sealed record Variant(string Name, SampleProject Project)
{
    /// <summary>Additional arguments of the publish.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Additional environment variables of the publish.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Checks that each publish does the work of the variant.</summary>
    public IReadOnlyList<IPublishCheck> Checks { get; init; } = [];
}
