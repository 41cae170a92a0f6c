namespace Containers.Telemetry.StoreGenerator;

/// <summary>Two days on which pushes to one kind of registry fail again and again.</summary>
internal static class Incident
{
    private const double FailureRate = 0.6;

    private static readonly DateTimeOffset Start = new(2026, 11, 3, 6, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = Start.AddDays(2);
    private static readonly FailureCause Cause = new("registry_server_error", "push", "CONTAINER1013", 503);

    /// <summary>Returns why a publish fails in the incident; null when it is spared.</summary>
    public static FailureCause? Of(Project project, DateTimeOffset time, Random random) =>
        time >= Start && time < End && project.Destination.Remote == "Azure" && random.NextDouble() < FailureRate ? Cause : null;
}
