using Containers.Telemetry.Publishing;

namespace Containers.Telemetry.Tasks;

/// <summary>Reports the choice of the base image, unless an observed task of the SDK has chosen it.</summary>
public sealed class ReportBaseImageInference : PublishStep
{
    public string BaseImage { get; set; } = "";

    /// <summary>The base image that the user named; empty when the SDK chose one.</summary>
    public string UserBaseImage { get; set; } = "";

    /// <summary>The flavour of base image that the user asked for.</summary>
    public string ContainerFamily { get; set; } = "";

    public string TargetFrameworkVersion { get; set; } = "";

    /// <summary>The shared frameworks that the project uses.</summary>
    public ITaskItem[] FrameworkReferences { get; set; } = [];

    /// <summary>How the application is packaged: FrameworkDependent, SelfContained, Trimmed or Aot.</summary>
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
