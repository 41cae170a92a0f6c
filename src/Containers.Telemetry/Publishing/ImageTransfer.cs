using Containers.Telemetry.Classification;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Publishing;

/// <summary>The source and the destination of an image, by the inputs of the SDK's tasks. Only their kinds are ever reported.</summary>
internal sealed record ImageTransfer
{
    /// <summary>The registry of the base image; null when the base image is unknown.</summary>
    public string? BaseRegistry { get; init; }

    /// <summary>The destination registry; empty for none.</summary>
    public string OutputRegistry { get; init; } = "";

    /// <summary>The archive to write; takes precedence over a registry.</summary>
    public string ArchiveOutputPath { get; init; } = "";

    /// <summary>The local registry; empty when the SDK looks for one.</summary>
    public string LocalRegistry { get; init; } = "";

    /// <summary>Whether the image is meant for a registry on the network.</summary>
    public bool IsForRegistry => ArchiveOutputPath.Length == 0 && OutputRegistry.Length > 0;

    /// <summary>Whether the image is meant for docker or podman.</summary>
    public bool IsForLocalDaemon => ArchiveOutputPath.Length == 0 && OutputRegistry.Length == 0;

    /// <summary>The runtime identifier that the image is made for; null when there are several or none.</summary>
    public string? RuntimeIdentifier { get; init; }

    /// <summary>Returns the registry that a base image names, or null when the name is not valid.</summary>
    public static string? RegistryOf(string imageName) =>
        ImageReference.TryParse(imageName.Replace(' ', '-'), out ImageReference? reference) ? reference.Registry : null;

    /// <summary>Sets the pull and push kinds of an event, and the products of registries of the kind Other.</summary>
    /// <param name="foundLocalRegistry">The local registry that the SDK found, as in its telemetry, if the user named none; null when it found none.</param>
    public void AddTo(ContainerEvent containerEvent, string? foundLocalRegistry)
    {
        if (!string.IsNullOrWhiteSpace(BaseRegistry))
        {
            SetRegistry(containerEvent, BaseRegistry, OutcomeFields.RemotePullType, DetailFields.PullRegistryProduct);
        }

        if (ArchiveOutputPath.Length > 0)
        {
            containerEvent.Set(OutcomeFields.LocalPushType, "Tarball");
        }
        else if (OutputRegistry.Length > 0)
        {
            SetRegistry(containerEvent, OutputRegistry, OutcomeFields.RemotePushType, DetailFields.PushRegistryProduct);
        }
        else
        {
            containerEvent.Set(
                OutcomeFields.LocalPushType,
                LocalRegistry.Length > 0 ? LocalRegistry : LocalKindNames.FromSdkTelemetry(foundLocalRegistry, MachineEnvironment.Current.OSFamily));
        }
    }

    private static void SetRegistry(ContainerEvent containerEvent, string registry, EventField kindField, EventField productField)
    {
        RegistryKind kind = RegistryClassifier.Classify(registry);
        containerEvent.Set(kindField, RegistryKindNames.Of(kind));
        if (kind == RegistryKind.Other)
        {
            containerEvent.Set(productField, RegistryProductNames.Of(RegistryProductClassifier.Classify(registry)));
        }
    }
}
