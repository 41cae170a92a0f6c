namespace Containers.Telemetry.Quickstart;

/// <summary>The same publish with Containers.Telemetry off and on.</summary>
internal sealed record PublishComparison(PublishReport SdkAlone, PublishReport WithPackage)
{
    public SamplePublish Publish => WithPackage.Publish;

    /// <summary>Whether the package reported the outcome correctly and did not change the publish.</summary>
    public bool IsRight => SdkAlone.WentAsArranged && WithPackage.WentAsArranged && WithPackage.IsTrue;
}
