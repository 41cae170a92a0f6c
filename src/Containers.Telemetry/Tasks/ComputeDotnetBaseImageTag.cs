using Containers.Telemetry.Observation;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Publishing;

namespace Containers.Telemetry.Tasks;

/// <summary>Observes the task of SDK 8.0.1xx that chooses the tag of a base image. The SDK's targets choose the rest.</summary>
public sealed class ComputeDotnetBaseImageTag : ObservedTask
{
    public string SdkVersion { get => Text(); set => Write(value); }

    public string TargetFrameworkVersion { get => Text(); set => Write(value); }

    public string? ContainerFamily { get => Text(); set => Write(value); }

    [Output]
    public string? ComputedBaseImageTag => Output<string>();

    private protected override void Report(IBuildEngine10 engine, ContainerPublish publish, TaskObservation seen, bool succeeded)
    {
        publish.Add(new PublishPart(PublishPartKind.BaseImageInference, seen.Start, seen.Duration));
        if (!succeeded || seen.HasErrors)
        {
            ReportFailure(engine, publish, seen, publish.Settings.Transfer);
        }
    }
}
