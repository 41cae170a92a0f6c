using Containers.Telemetry.PublishOverhead.Checks;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.PublishOverhead;

/// <summary>A way to publish the sample.</summary>
/// <param name="Name">For the tables.</param>
/// <param name="Project">A copy of the sample, with the package or without.</param>
internal sealed record Variant(string Name, SampleProject Project)
{
    /// <summary>More arguments of the publish.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>More environment variables of the publish.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>What makes sure that each publish does what the name says.</summary>
    public IReadOnlyList<IPublishCheck> Checks { get; init; } = [];
}
