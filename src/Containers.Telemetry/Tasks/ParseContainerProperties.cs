using Containers.Telemetry.Failures;
using Containers.Telemetry.Observation;
using Containers.Telemetry.Publishing;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.Tasks;

/// <summary>Observes the SDK's task that checks what the user set.</summary>
public sealed class ParseContainerProperties : ObservedTask
{
    [Required]
    public string FullyQualifiedBaseImageName { get => Text(); set => Write(value); }

    public string ContainerRegistry { get => Text(); set => Write(value); }

    [Required]
    public string ContainerRepository { get => Text(); set => Write(value); }

    public string ContainerImageTag { get => Text(); set => Write(value); }

    public string[] ContainerImageTags { get => (string[]?)Read() ?? []; set => Write(value); }

    public ITaskItem[] ContainerEnvironmentVariables { get => (ITaskItem[]?)Read() ?? []; set => Write(value); }

    [Output]
    public string ParsedContainerRegistry => (string?)Output() ?? "";

    [Output]
    public string ParsedContainerImage => (string?)Output() ?? "";

    [Output]
    public string ParsedContainerTag => (string?)Output() ?? "";

    [Output]
    public string ParsedContainerDigest => (string?)Output() ?? "";

    [Output]
    public string NewContainerRegistry => (string?)Output() ?? "";

    [Output]
    public string NewContainerRepository => (string?)Output() ?? "";

    [Output]
    public string[] NewContainerTags => (string[]?)Output() ?? [];

    [Output]
    public ITaskItem[] NewContainerEnvironmentVariables => (ITaskItem[]?)Output() ?? [];

    private protected override void Report(IBuildEngine10 engine, ContainerPublish publish, TaskObservation seen, bool succeeded)
    {
        if (succeeded && !seen.HasErrors)
        {
            return;
        }

        ImageTransfer image = publish.Settings.TransferFrom(FullyQualifiedBaseImageName) with { OutputRegistry = ContainerRegistry };
        publish.ReportOutcome(engine, OutcomeEvents.Create(image, ErrorClassifier.Classify(seen.Evidence(TransferDirection.None))), Cancellation);
    }
}
