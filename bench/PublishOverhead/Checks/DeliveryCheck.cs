using System.Text;
using Containers.Telemetry.TestInfrastructure;

namespace Containers.Telemetry.PublishOverhead.Checks;

/// <summary>Expects a publish to deliver its events and its span to a collector.</summary>
/// <param name="collector">The collector.</param>
/// <param name="eventNames">The names of the events.</param>
/// <param name="spanName">The name of the span.</param>
internal sealed class DeliveryCheck(OtlpReceiver collector, IReadOnlyList<string> eventNames, string spanName) : IPublishCheck
{
    private const string LogsService = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";
    private const string TraceService = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    private int _before;

    public void Begin() => _before = collector.RequestCount;

    public void End()
    {
        var requests = collector.Requests.Skip(_before).ToList();
        foreach (string name in eventNames)
        {
            Expect(requests, ["/v1/logs", LogsService], name);
        }

        Expect(requests, ["/v1/traces", TraceService], spanName);
    }

    // A name is plain UTF-8 in either encoding of OTLP, protobuf and JSON.
    private static void Expect(List<ReceivedRequest> requests, string[] paths, string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        if (!requests.Any(request => request.IsAccepted && paths.Contains(request.Path) && request.Body.Span.IndexOf(bytes) >= 0))
        {
            throw new InvalidOperationException($"The collector should have got \"{name}\" at {string.Join(" or ", paths)}, and got [{string.Join("; ", requests)}].");
        }
    }
}
