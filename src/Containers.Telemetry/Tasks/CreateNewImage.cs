using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Failures;
using Containers.Telemetry.Observation;
using Containers.Telemetry.Publishing;

namespace Containers.Telemetry.Tasks;

/// <summary>Observes the SDK's task that makes an image and pushes, loads or archives it.</summary>
public sealed class CreateNewImage : ImageTask
{
    public string PublishDirectory { get => Text(); set => Write(value); }

    public string WorkingDirectory { get => Text(); set => Write(value); }

    public ITaskItem[] Entrypoint { get => Items(); set => Write(value); }

    public ITaskItem[] EntrypointArgs { get => Items(); set => Write(value); }

    public ITaskItem[] DefaultArgs { get => Items(); set => Write(value); }

    public ITaskItem[] AppCommand { get => Items(); set => Write(value); }

    public ITaskItem[] AppCommandArgs { get => Items(); set => Write(value); }

    public string AppCommandInstruction { get => Text(); set => Write(value); }

    public ITaskItem[] ExposedPorts { get => Items(); set => Write(value); }

    public ITaskItem[] Labels { get => Items(); set => Write(value); }

    public ITaskItem[] ContainerEnvironmentVariables { get => Items(); set => Write(value); }

    public string ContainerRuntimeIdentifier { get => Text(); set => Write(value); }

    public string RuntimeIdentifierGraphPath { get => Text(); set => Write(value); }

    public string ContainerUser { get => Text(); set => Write(value); }

    public bool GenerateLabels { get => Read() is true; set => Write(value); }

    public bool GenerateDigestLabel { get => Read() is true; set => Write(value); }

    public string? ImageFormat { get => (string?)Read(); set => Write(value); }

    public bool SkipPublishing { get => Read() is true; set => Write(value); }

    /// <summary>Of SDKs before 10.0.400: the folder of the program that makes images for MSBuild on .NET Framework.</summary>
    public string ContainerizeDirectory { get => Text(); set => Write(value); }

    /// <summary>Of SDKs before 10.0.400: the file name of the .NET host that runs that program.</summary>
    public string ToolExe { get => Text(); set => Write(value); }

    /// <summary>Of SDKs before 10.0.400: the folder of the .NET host that runs that program.</summary>
    public string ToolPath { get => Text(); set => Write(value); }

    /// <summary>Announced for SDK 11 and later: the creation time of a reproducible image.</summary>
    public string SourceDateEpoch { get => Text(); set => Write(value); }

    /// <summary>Announced for SDK 11 and later: push every blob, including those that the registry has.</summary>
    public bool NoCache { get => Read() is true; set => Write(value); }

    /// <summary>Announced for SDK 11 and later.</summary>
    public bool GenerateCreatedLabels { get => Read() is true; set => Write(value); }

    /// <summary>Announced for SDK 11 and later.</summary>
    public bool EnableArchiveIncrementalCache { get => Read() is true; set => Write(value); }

    /// <summary>Announced for SDK 11 and later.</summary>
    public string ArchiveIncrementalCachePath { get => Text(); set => Write(value); }

    [Output]
    public string GeneratedContainerManifest => Output<string>() ?? "";

    [Output]
    public string GeneratedContainerConfiguration => Output<string>() ?? "";

    [Output]
    public string GeneratedContainerDigest => Output<string>() ?? "";

    [Output]
    public string GeneratedContainerMediaType => Output<string>() ?? "";

    [Output]
    public ITaskItem[] GeneratedContainerNames => Output<ITaskItem[]>() ?? [];

    [Output]
    public ITaskItem? GeneratedDigestLabel => Output<ITaskItem>();

    private protected override void Report(IBuildEngine10 engine, ContainerPublish publish, TaskObservation seen, bool succeeded)
    {
        // An image that is not published on its own is done when it is made; the SDK reports nothing about it.
        bool isDone = SkipPublishing ? GeneratedContainerManifest.Length > 0 : !seen.GaveUp;
        Failure? failure = succeeded && !seen.HasErrors && isDone ? null : ErrorClassifier.Classify(seen.Evidence(Phase(), Transfer.IsForLocalDaemon));

        // SDKs without telemetry name the local registry only in the message of the push.
        string localRegistry = failure is null && publish.SdkTelemetry is SdkTelemetry.None ? UsedLocalRegistry(seen) : LocalRegistry;
        ImageTransfer image = Transfer with { RuntimeIdentifier = ContainerRuntimeIdentifier, LocalRegistry = localRegistry };
        ContainerEvent outcome = OutcomeEvents.Create(image, failure, seen, "image");
        AddImage(outcome);
        if (failure is null && image.IsForRegistry)
        {
            outcome.Set(DetailFields.UploadedBlobCount, seen.UploadedBlobCount);
        }

        AddTimes(outcome, seen, image.IsForRegistry);
        publish.ReportOutcome(engine, outcome, Cancellation);
    }

    private string UsedLocalRegistry(TaskObservation seen) =>
        LocalRegistry.Length == 0 && Transfer.IsForLocalDaemon && seen.NewestMessage is { } message
            ? PushedImageMessage.LocalRegistry(message, [Repository, .. ImageTags]) ?? ""
            : LocalRegistry;

    /// <summary>
    /// The image exists once the base image was read and the application added to it; from then on the SDK pushes. Its messages would show that, too,
    /// but the message of a failed fall-back to HTTP looks the same.
    /// </summary>
    private TransferDirection Phase() => GeneratedContainerManifest.Length == 0 ? TransferDirection.Pull : TransferDirection.Push;

    private static void AddTimes(ContainerEvent outcome, TaskObservation seen, bool isForRegistry)
    {
        seen.AddDurationTo(outcome);
        outcome.Set(DetailFields.PullDuration, (long?)seen.PullDuration?.TotalMilliseconds);
        if (isForRegistry)
        {
            outcome.Set(DetailFields.PushDuration, (long?)seen.PushDuration?.TotalMilliseconds);
        }
    }

    private void AddImage(ContainerEvent outcome)
    {
        outcome.Set(DetailFields.ImageRuntime, ContainerRuntimeIdentifier);
        outcome.Set(DetailFields.TagCount, ImageTags.Length);
        outcome.Set(DetailFields.LabelCount, CountLabels());
        outcome.Set(DetailFields.PortCount, CountPorts());
        outcome.Set(DetailFields.EnvironmentVariableCount, ContainerEnvironmentVariables.Length);
        ImageContents.Add(outcome, GeneratedContainerManifest, GeneratedContainerMediaType);
    }

    /// <summary>Counts as the SDK does: labels of one name are one. SDKs before 8.0.300 have no switch for labels, and set all that they get.</summary>
    private int CountLabels()
    {
        if (Read(nameof(GenerateLabels)) is false)
        {
            return 0;
        }

        HashSet<string> names = new(Labels.Select(static label => label.ItemSpec), StringComparer.Ordinal);
        if (GenerateDigestLabel)
        {
            names.Add("org.opencontainers.image.base.digest");
        }

        if (GenerateCreatedLabels)
        {
            names.Add("org.opencontainers.image.created");
            names.Add("org.opencontainers.artifact.created");
        }

        return names.Count;
    }

    /// <summary>
    /// Counts as the SDK does: a port without a type is one of TCP, and what is set twice is one. The build of one image of several gets the
    /// ports of the project from the project and once more from the build around it.
    /// </summary>
    private int CountPorts() =>
        ExposedPorts.DistinctBy(static port => (port.ItemSpec, port.GetMetadata("Type") is { Length: > 0 } type ? type : "tcp")).Count();
}
