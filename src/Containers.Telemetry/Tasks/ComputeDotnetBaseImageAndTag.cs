using Containers.Telemetry.Events;
using Containers.Telemetry.Failures;
using Containers.Telemetry.Observation;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Publishing;

namespace Containers.Telemetry.Tasks;

/// <summary>Observes the SDK's task that chooses the base image.</summary>
public sealed class ComputeDotnetBaseImageAndTag : ObservedTask
{
    private const string MuslPrefix = "linux-musl";

    public string SdkVersion { get => Text(); set => Write(value); }

    public string TargetFrameworkVersion { get => Text(); set => Write(value); }

    public ITaskItem[] FrameworkReferences { get => Items(); set => Write(value); }

    public string[] TargetRuntimeIdentifiers { get => Texts(); set => Write(value); }

    /// <summary>The one runtime identifier of SDKs that make one image at a time.</summary>
    public string TargetRuntimeIdentifier { get => Text(); set => Write(value); }

    public bool IsSelfContained { get => Read() is true; set => Write(value); }

    public bool IsAotPublished { get => Read() is true; set => Write(value); }

    public bool IsTrimmed { get => Read() is true; set => Write(value); }

    public bool UsesInvariantGlobalization { get => Read() is true; set => Write(value); }

    public string? ContainerFamily { get => Text(); set => Write(value); }

    public string? UserBaseImage { get => Text(); set => Write(value); }

    [Output]
    public string? ComputedContainerBaseImage => Output<string>();

    private protected override void Report(IBuildEngine10 engine, ContainerPublish publish, TaskObservation seen, bool succeeded)
    {
        bool isChosen = succeeded && !seen.HasErrors;
        if (isChosen && !publish.IsInner)
        {
            ContainerEvent inference = Inference().ToEvent();
            seen.AddDurationTo(inference);
            publish.ReportInference(engine, inference, isOfSdk: true);
            return;
        }

        // Also for a failure, and for the build of one image, which chooses the base image again with a publish profile.
        publish.Add(new PublishPart(PublishPartKind.BaseImageInference, seen.Start, seen.Duration));
        if (!isChosen)
        {
            ErrorKind? kind = IsMuslMixedWithOthers() ? ErrorKind.UnsupportedRuntimeIdentifiers : null;
            ReportFailure(engine, publish, seen, publish.Settings.Transfer, kind);
        }
    }

    private string[] RuntimeIdentifiers => TargetRuntimeIdentifiers is { Length: > 0 } several
        ? several
        : TargetRuntimeIdentifier.Split(';', StringSplitOptions.RemoveEmptyEntries);

    private BaseImageInference Inference() => new()
    {
        UserBaseImage = UserBaseImage,
        BaseImage = ComputedContainerBaseImage,
        ContainerFamily = ContainerFamily,
        TargetFrameworkVersion = TargetFrameworkVersion,
        FrameworkReferences = FrameworkReferences,
        PublishMode = IsAotPublished ? "Aot" : IsTrimmed ? "Trimmed" : IsSelfContained ? "SelfContained" : "FrameworkDependent",
        IsInvariant = UsesInvariantGlobalization,
        TargetRuntimeIdentifiers = RuntimeIdentifiers,
    };

    private bool IsMuslMixedWithOthers()
    {
        string[] all = RuntimeIdentifiers;
        int musl = 0;
        foreach (string rid in all)
        {
            musl += rid.StartsWith(MuslPrefix, StringComparison.Ordinal) ? 1 : 0;
        }

        return musl > 0 && musl < all.Length;
    }
}
