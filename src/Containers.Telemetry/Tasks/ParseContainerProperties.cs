using Containers.Telemetry.Observation;
using Containers.Telemetry.Publishing;

namespace Containers.Telemetry.Tasks;

/// <summary>Observes the SDK's task that validates the user's settings.</summary>
public sealed class ParseContainerProperties : ObservedTask
{
    public string FullyQualifiedBaseImageName { get => Text(); set => Write(value); }

    public string ContainerRegistry { get => Text(); set => Write(value); }

    public string ContainerRepository { get => Text(); set => Write(value); }

    public string ContainerImageTag { get => Text(); set => Write(value); }

    public string[] ContainerImageTags { get => Texts(); set => Write(value); }

    public ITaskItem[] ContainerEnvironmentVariables { get => Items(); set => Write(value); }

    [Output]
    public string ParsedContainerRegistry => Output<string>() ?? "";

    [Output]
    public string ParsedContainerImage => Output<string>() ?? "";

    [Output]
    public string ParsedContainerTag => Output<string>() ?? "";

    [Output]
    public string ParsedContainerDigest => Output<string>() ?? "";

    [Output]
    public string NewContainerRegistry => Output<string>() ?? "";

    [Output]
    public string NewContainerRepository => Output<string>() ?? "";

    [Output]
    public string[] NewContainerTags => Output<string[]>() ?? [];

    [Output]
    public ITaskItem[] NewContainerEnvironmentVariables => Output<ITaskItem[]>() ?? [];

    private protected override void Report(IBuildEngine10 engine, ContainerPublish publish, TaskObservation seen, bool succeeded)
    {
        publish.BaseRegistry = ParsedContainerRegistry;
        if (!succeeded || seen.HasErrors)
        {
            ImageTransfer transfer = publish.Settings.Transfer with
            {
                BaseRegistry = ImageTransfer.RegistryOf(FullyQualifiedBaseImageName),
                OutputRegistry = ContainerRegistry,
            };
            ReportFailure(engine, publish, seen, transfer);
        }
    }
}
