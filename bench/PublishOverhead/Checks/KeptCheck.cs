using Containers.Telemetry.PublishOverhead.Sinks;

namespace Containers.Telemetry.PublishOverhead.Checks;

/// <summary>Expects a publish to leave its events and its span in its user's outbox, unless the endpoint answers that it accepted them.</summary>
/// <param name="user">The user who publishes.</param>
/// <param name="lines">The number of events and spans.</param>
internal sealed class KeptCheck(BenchUser user, int lines) : IPublishCheck
{
    // The package does not try an endpoint that has just failed, and such a publish costs nothing. So each publish begins without an outbox.
    public void Begin() => user.ClearOutbox();

    public void End()
    {
        var (pending, accepted, lost) = user.ReadOutcomes();
        if (lost != 0 || (!accepted && pending != lines))
        {
            throw new InvalidOperationException($"The outbox should hold {lines} lines and have lost none. It holds {pending} and has lost {lost}.");
        }
    }
}
