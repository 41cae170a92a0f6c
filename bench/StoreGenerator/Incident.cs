namespace Containers.Telemetry.StoreGenerator;

/// <summary>Two days on which pushes to one kind of registry often fail.</summary>
internal static class Incident
{
    private const double FailureRate = 0.6;

    private static readonly DateTimeOffset Start = new(2026, 11, 3, 6, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = Start.AddDays(2);
    private static readonly FailureCause Cause = new("registry_server_error", "push", "CONTAINER1013", 503);

    /// <summary>Returns the cause of a publish's failure in the incident; null if the publish is not affected.</summary>
    public static FailureCause? Of(Project project, DateTimeOffset time, Random random) =>
        time >= Start && time < End && project.Destination.Remote == "Azure" && random.NextDouble() < FailureRate ? Cause : null;
}
