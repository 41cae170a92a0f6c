using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Quickstart;

/// <summary>One way to publish the sample, and its expected result.</summary>
/// <param name="Name">The user's action.</param>
/// <param name="Truth">The actual outcome.</param>
internal sealed record SamplePublish(string Name, Outcome Truth)
{
    /// <summary>The host to push to; null for an archive.</summary>
    public string? Registry { get; init; }

    /// <summary>The fault that the registry causes in each push.</summary>
    public FaultEffect? Refusal { get; init; }

    /// <summary>Properties of the publish.</summary>
    public IReadOnlyList<string> Properties { get; init; } = [];

    /// <summary>The expected number of images at the destination.</summary>
    public int Images { get; init; } = 1;

    public static IReadOnlyList<SamplePublish> All { get; } =
    [
        new("Push to ghcr.io", Outcome.Success("GitHub"))
        {
            Registry = "ghcr.io",
        },
        new("Write an archive", Outcome.Success("Tarball")),
        new("Push, refused with 403", Outcome.Failure("credential_failure", "push", "Azure"))
        {
            Registry = "contoso.azurecr.io",
            Refusal = FaultEffect.Status(403),
            Images = 0,
        },
        new("Push, answered with 401", Outcome.Failure("credential_failure", "push", "DockerHub"))
        {
            Registry = "docker.io",
            Refusal = FaultEffect.Unauthorized(ChallengeScheme.Basic),
            Images = 0,
        },
        new("Publish for a RID that no base image has", Outcome.Failure("rid_mismatch", "pull", "GitHub"))
        {
            Registry = "ghcr.io",
            Properties = ["-p:ContainerRuntimeIdentifier=linux-s390x"],
            Images = 0,
        },
        new("Push for two architectures", Outcome.Success("Google"))
        {
            Registry = "europe-docker.pkg.dev",
            Properties = [$"-p:ContainerRuntimeIdentifiers=\"{string.Join(';', SampleProject.RuntimeIdentifiers)}\""],
            Images = 2,
        },
    ];
}
