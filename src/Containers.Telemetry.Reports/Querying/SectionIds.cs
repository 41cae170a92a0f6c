namespace Containers.Telemetry.Reports.Querying;

/// <summary>The names of the sections of a report.</summary>
public static class SectionIds
{
    /// <summary>All of them, in the order of a report.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "answer", "success-rate", "over-time", "trends", "failures", "retries", "transfers", "base-images", "publish-modes", "families",
        "runtimes", "image-size", "duration", "features", "adoption", "invocation", "ci", "hosts", "agents", "systems", "sdk-versions",
        "dimensions", "users",
    ];
}
