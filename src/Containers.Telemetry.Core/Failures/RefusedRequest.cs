namespace Containers.Telemetry.Failures;

/// <summary>A request that was answered with a status of 400 or more.</summary>
/// <param name="Step">What was asked for.</param>
/// <param name="Status">The HTTP status.</param>
public sealed record RefusedRequest(ProtocolStep Step, int Status);
