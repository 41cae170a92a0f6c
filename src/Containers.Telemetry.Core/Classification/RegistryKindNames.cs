namespace Containers.Telemetry.Classification;

/// <summary>How each <see cref="RegistryKind"/> is written: as the SDK writes it.</summary>
public static class RegistryKindNames
{
    /// <summary>The names in the order of <see cref="RegistryKind"/>.</summary>
    public static readonly string[] All =
    [
        nameof(RegistryKind.Azure),
        nameof(RegistryKind.AWS),
        nameof(RegistryKind.Google),
        nameof(RegistryKind.GitHub),
        nameof(RegistryKind.DockerHub),
        nameof(RegistryKind.MCR),
        nameof(RegistryKind.Other),
    ];

    /// <summary>Returns the name of a kind.</summary>
    public static string Of(RegistryKind kind) => All[(int)kind];
}
