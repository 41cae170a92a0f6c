namespace Containers.Telemetry.PublishOverhead.Hostile;

/// <summary>Publishes in one place.</summary>
/// <param name="Store">One without an endpoint, which the others are compared with.</param>
/// <param name="Endpoints">One for each endpoint.</param>
internal sealed record HostileGroup(Variant Store, IReadOnlyList<Variant> Endpoints);
