using Containers.Telemetry.TestInfrastructure;

namespace Containers.Telemetry.PublishOverhead.Checks;

/// <summary>Expects a publish to send a request to a collector that does not answer.</summary>
internal sealed class UnansweredCheck(OtlpReceiver collector) : IPublishCheck
{
    private int _before;

    public void Begin() => _before = collector.RequestCount;

    public void End()
    {
        if (collector.RequestCount == _before)
        {
            throw new InvalidOperationException("The collector that hangs should have been asked, and was not.");
        }
    }
}
