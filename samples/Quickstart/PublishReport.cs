using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Quickstart;

/// <summary>The result of a publish.</summary>
/// <param name="Publish">The publish.</param>
/// <param name="ExitCode">The exit code of <c>dotnet publish</c>.</param>
/// <param name="Images">The number of images at the destination.</param>
/// <param name="Outcomes">The outcomes that the telemetry reported.</param>
internal sealed record PublishReport(SamplePublish Publish, int ExitCode, int Images, IReadOnlyList<Outcome> Outcomes)
{
    /// <summary>Whether the publish itself had the expected result.</summary>
    public bool WentAsArranged => (ExitCode == 0) == (Publish.Truth.Error is null) && Images == Publish.Images;

    /// <summary>Whether the telemetry reported exactly one outcome, and the correct one.</summary>
    public bool IsTrue => Outcomes is [var outcome] && outcome.IsTrueOf(Publish.Truth);

    public static PublishReport Of(SamplePublish publish, PublishResult result, int images) =>
        new(publish, result.ExitCode, images, [.. result.ContainerEvents.Select(Outcome.From).OfType<Outcome>()]);
}
