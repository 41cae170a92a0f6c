namespace Containers.Telemetry.TestInfrastructure;

/// <summary>What the tag of a base image points to.</summary>
public enum BaseImageForm
{
    OciIndex,

    DockerManifestList,

    /// <summary>One OCI manifest: an image for the first platform only.</summary>
    OciManifest,

    /// <summary>One Docker manifest: an image for the first platform only.</summary>
    DockerManifest,
}
