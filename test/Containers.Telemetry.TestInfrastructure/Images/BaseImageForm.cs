namespace Containers.Telemetry.TestInfrastructure;

/// <summary>The kind of manifest that a base image's tag refers to.</summary>
public enum BaseImageForm
{
    OciIndex,

    DockerManifestList,

    /// <summary>One OCI manifest: an image for the first platform only.</summary>
    OciManifest,

    /// <summary>One Docker manifest: an image for the first platform only.</summary>
    DockerManifest,
}
