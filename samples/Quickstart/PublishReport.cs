using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Quickstart;

/// <summary>What came of one publish.</summary>
/// <param name="Publish">What was done.</param>
/// <param name="ExitCode">Of <c>dotnet publish</c>.</param>
/// <param name="Images">How many images were found at the destination.</param>
/// <param name="Outcomes">All that the telemetry said of the outcome.</param>
internal sealed record PublishReport(SamplePublish Publish, int ExitCode, int Images, IReadOnlyList<Outcome> Outcomes)
{
    /// <summary>Whether the publish itself went as it was bound to go.</summary>
    public bool WentAsArranged => (ExitCode == 0) == (Publish.Truth.Error is null) && Images == Publish.Images;

    /// <summary>Whether the telemetry told of one outcome, and truly.</summary>
    public bool IsTrue => Outcomes is [var outcome] && outcome.IsTrueOf(Publish.Truth);

    public static PublishReport Of(SamplePublish publish, PublishResult result, int images) =>
        new(publish, result.ExitCode, images, [.. result.ContainerEvents.Select(Outcome.From).OfType<Outcome>()]);
}
