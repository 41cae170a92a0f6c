using Containers.Telemetry.PublishOverhead.Sinks;

namespace Containers.Telemetry.PublishOverhead.Checks;

/// <summary>Expects a publish to add exactly these events to its user's store.</summary>
/// <param name="user">The user who publishes.</param>
/// <param name="eventNames">The names of the events, in order; none if the store must not change.</param>
internal sealed class StoreCheck(BenchUser user, params IReadOnlyList<string> eventNames) : IPublishCheck
{
    private int _before;

    public void Begin() => _before = user.ReadStore().Count;

    public void End()
    {
        var added = user.ReadStore().Skip(_before);
        if (!added.SequenceEqual(eventNames))
        {
            throw new InvalidOperationException($"The store should have got [{string.Join(", ", eventNames)}], and got [{string.Join(", ", added)}].");
        }
    }
}
