namespace Containers.Telemetry.StoreGenerator;

/// <summary>The cause of a failed publish.</summary>
internal sealed record FailureCause(string Kind, string? Direction, string? Code = null, int? HttpStatus = null, string? ExceptionType = null)
{
    /// <summary>The failures of pushes to a registry, and failures without a registry.</summary>
    public static readonly Choice<FailureCause> Remote = new(
        (24, new("credential_failure", "push", "CONTAINER1013", 401)),
        (14, new("credential_failure", "pull", "CONTAINER1016", 401)),
        (12, new("unknown_repository", "pull", "CONTAINER1011", 404)),
        (10, new("registry_unreachable", "push", "MSB4018", null, "HttpRequestException")),
        (8, new("registry_server_error", "push", "CONTAINER1013", 500)),
        (7, new("timeout", "push", "MSB4018", null, "TaskCanceledException")),
        (6, new("connection_lost", "push", "MSB4018", null, "IOException")),
        (5, new("registry_throttled", "pull", null, 429)),
        (5, new("registry_rejected", "push", "CONTAINER1013", 403)),
        (4, new("rid_mismatch", "pull", "CONTAINER2008")),
        (3, new("invalid_tag", null, "CONTAINER2007")),
        (2, new("tls_failure", "push", "MSB4018", null, "HttpRequestException")),
        (6, new("canceled", "push")));

    /// <summary>The failures of pushes to a destination on the same machine.</summary>
    public static readonly Choice<FailureCause> Local = new(
        (40, new("local_load", "push", "CONTAINER1009")),
        (25, new("missing_binary", "push", "CONTAINER3002")),
        (15, new("unknown_repository", "pull", "CONTAINER1011", 404)),
        (8, new("registry_unreachable", "pull", "MSB4018", null, "HttpRequestException")),
        (6, new("invalid_repository_name", null, "CONTAINER4002")),
        (6, new("canceled", null)));
}
