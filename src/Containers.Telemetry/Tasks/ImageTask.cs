using Containers.Telemetry.Publishing;

namespace Containers.Telemetry.Tasks;

/// <summary>The base class of the observed tasks that transfer an image to a registry, a daemon or an archive.</summary>
public abstract class ImageTask : ObservedTask
{
    public string BaseRegistry { get => Text(); set => Write(value); }

    public string BaseImageName { get => Text(); set => Write(value); }

    public string BaseImageTag { get => Text(); set => Write(value); }

    public string BaseImageDigest { get => Text(); set => Write(value); }

    public string OutputRegistry { get => Text(); set => Write(value); }

    public string ArchiveOutputPath { get => Text(); set => Write(value); }

    public string LocalRegistry { get => Text(); set => Write(value); }

    public string Repository { get => Text(); set => Write(value); }

    public string[] ImageTags { get => Texts(); set => Write(value); }

    [Output]
    public string GeneratedArchiveOutputPath => Output<string>() ?? "";

    private protected override bool EndsPublish => true;

    private protected ImageTransfer Transfer => new()
    {
        BaseRegistry = BaseRegistry,
        OutputRegistry = OutputRegistry,
        ArchiveOutputPath = ArchiveOutputPath,
        LocalRegistry = LocalRegistry,
    };
}
