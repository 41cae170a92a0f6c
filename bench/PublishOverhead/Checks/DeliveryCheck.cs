using System.Text;
using Containers.Telemetry.TestInfrastructure;

namespace Containers.Telemetry.PublishOverhead.Checks;

/// <summary>Expects a publish to deliver its events and its span to a collector.</summary>
/// <param name="collector">The collector.</param>
/// <param name="eventNames">The names of the events.</param>
/// <param name="spanName">The name of the span.</param>
internal sealed class DeliveryCheck(OtlpReceiver collector, IReadOnlyList<string> eventNames, string spanName) : IPublishCheck
{
    private int _before;

    public void Begin() => _before = collector.RequestCount;

    public void End()
    {
        var requests = collector.Requests.Skip(_before).ToList();
        foreach (string name in eventNames)
        {
            Expect(requests, "/v1/logs", name);
        }

        Expect(requests, "/v1/traces", spanName);
    }

    // A name is plain UTF-8 in either encoding of OTLP, protobuf and JSON.
    private static void Expect(List<ReceivedRequest> requests, string path, string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        if (!requests.Any(request => request.IsAccepted && request.Path == path && request.Body.Span.IndexOf(bytes) >= 0))
        {
            throw new InvalidOperationException($"The collector should have got \"{name}\" at {path}, and got [{string.Join("; ", requests)}].");
        }
    }
}
