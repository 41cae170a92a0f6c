namespace Containers.Telemetry.Publishing;

/// <summary>The facts about a publish that the package's targets know and the SDK's tasks do not.</summary>
internal sealed record PublishSettings
{
    /// <summary>The settings for a publish whose targets passed none.</summary>
    public static readonly PublishSettings Default = new();

    /// <summary>Whether the user has opted out, so that the SDK's tasks are not observed.</summary>
    public bool IsOff { get; init; }

    /// <summary>Whether the publish is bracketed, because the SDK's tasks are not known.</summary>
    public bool IsBracketed { get; init; }

    /// <summary>Full path of the assembly of the SDK's container tasks; null if unknown.</summary>
    public string? TaskAssembly { get; init; }

    /// <summary>Full path of the file that a preview is written to; null when there is no preview.</summary>
    public string? PreviewFile { get; init; }

    /// <summary>Full path of the folder that the builds of one multi-architecture publish share; null for any other publish.</summary>
    public string? SharedFolder { get; init; }

    /// <summary>The source and the destination of the image, as far as the user set them.</summary>
    public ImageTransfer Transfer { get; init; } = new();

    /// <summary>Names of the container settings in use.</summary>
    public IReadOnlyList<string> FeaturesUsed { get; init; } = [];

    /// <summary>How the publish was started.</summary>
    public IReadOnlyList<string> Invocation { get; init; } = [];
}
