using Containers.Telemetry.Publishing;

namespace Containers.Telemetry.Tasks;

/// <summary>
/// A step that gets the source and the destination of the image. Each gets them as they are by then: targets of the user may have set them since the
/// publish began.
/// </summary>
public abstract class TransferStep : PublishStep
{
    /// <summary>The base image.</summary>
    public string BaseImage { get; set; } = "";

    /// <summary>The destination registry.</summary>
    public string OutputRegistry { get; set; } = "";

    /// <summary>The archive that the image is written to.</summary>
    public string ArchiveOutputPath { get; set; } = "";

    /// <summary>The local registry.</summary>
    public string LocalRegistry { get; set; } = "";

    /// <summary>The source and the destination of the image.</summary>
    private protected ImageTransfer Transfer => new()
    {
        BaseRegistry = ImageTransfer.RegistryOf(BaseImage),
        OutputRegistry = OutputRegistry,
        ArchiveOutputPath = ArchiveOutputPath,
        LocalRegistry = LocalRegistry,
    };
}
