using Containers.Telemetry.Http;

namespace Containers.Telemetry.Outboxes;

/// <summary>What an endpoint answered last.</summary>
/// <param name="Time">When, UTC.</param>
/// <param name="Status">With which status.</param>
/// <param name="Outcome">What it meant for the request.</param>
public sealed record EndpointAnswer(DateTimeOffset Time, EndpointStatus Status, ExportOutcome Outcome);
