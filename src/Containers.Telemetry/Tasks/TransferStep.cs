using Containers.Telemetry.Publishing;

namespace Containers.Telemetry.Tasks;

/// <summary>A step that gets the source and the destination of the image, as they are by then: targets of the user may have set them.</summary>
public abstract class TransferStep : PublishStep
{
    public string BaseImage { get; set; } = "";

    public string OutputRegistry { get; set; } = "";

    public string ArchiveOutputPath { get; set; } = "";

    public string LocalRegistry { get; set; } = "";

    private protected ImageTransfer Transfer => new()
    {
        BaseRegistry = ImageTransfer.RegistryOf(BaseImage),
        OutputRegistry = OutputRegistry,
        ArchiveOutputPath = ArchiveOutputPath,
        LocalRegistry = LocalRegistry,
    };
}
