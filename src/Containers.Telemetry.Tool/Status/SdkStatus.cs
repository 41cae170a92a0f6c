namespace Containers.Telemetry.Tool.Status;

/// <param name="HasContainers">Whether it can publish containers.</param>
/// <param name="Obstacle">Why its publishes are not observed, as a clause; null when they are observed.</param>
internal sealed record SdkStatus(string Version, bool HasContainers, string? Obstacle);
