using Containers.Telemetry.PublishOverhead.Sinks;

namespace Containers.Telemetry.PublishOverhead.Checks;

/// <summary>Expects a publish to fail to reach its collector, and to leave its events and its span in its user's outbox.</summary>
/// <param name="user">The user who publishes.</param>
/// <param name="lines">The number of events and spans.</param>
internal sealed class OutboxCheck(BenchUser user, int lines) : IPublishCheck
{
    // The package does not try a collector that has just failed, and such a publish costs nothing. So each publish begins without an outbox.
    public void Begin() => user.ClearOutbox();

    public void End()
    {
        var (pending, failures) = user.ReadOutbox();
        if (pending != lines || failures == 0)
        {
            throw new InvalidOperationException(
                $"The outbox should hold {lines} lines after a failure of the collector, and holds {pending} after {failures} failures.");
        }
    }
}
