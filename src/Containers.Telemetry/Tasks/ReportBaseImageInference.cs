using Containers.Telemetry.Publishing;

namespace Containers.Telemetry.Tasks;

/// <summary>Reports the choice of the base image, unless an observed task of the SDK has chosen it.</summary>
/// <remarks><see cref="BaseImageInference"/> has the meaning of the parameters.</remarks>
public sealed class ReportBaseImageInference : PublishStep
{
    public string BaseImage { get; set; } = "";

    public string UserBaseImage { get; set; } = "";

    public string ContainerFamily { get; set; } = "";

    public string TargetFrameworkVersion { get; set; } = "";

    public ITaskItem[] FrameworkReferences { get; set; } = [];

    public string PublishMode { get; set; } = "";

    public bool IsInvariant { get; set; }

    public string[] TargetRuntimeIdentifiers { get; set; } = [];

    private protected override void Run(IBuildEngine10 engine)
    {
        FaultInjection.Point("inference");
        if (ProjectScope.Find<ContainerPublish>(engine) is { HasInference: false } publish)
        {
            publish.ReportInference(engine, Inference().ToEvent(), isOfSdk: false);
        }
    }

    private BaseImageInference Inference() => new()
    {
        UserBaseImage = UserBaseImage,
        BaseImage = BaseImage,
        ContainerFamily = ContainerFamily,
        TargetFrameworkVersion = TargetFrameworkVersion,
        FrameworkReferences = FrameworkReferences,
        PublishMode = PublishMode,
        IsInvariant = IsInvariant,
        TargetRuntimeIdentifiers = TargetRuntimeIdentifiers,
    };
}
