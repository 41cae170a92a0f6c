using Containers.Telemetry.Fuzz.Targets;

namespace Containers.Telemetry.Fuzz;

/// <summary>All readers and classifiers of foreign text.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        .. ClassifierTargets.All,
        .. SettingTargets.All,
        .. SurroundingsTargets.All,
        .. AnswerTargets.All,
        .. LineTargets.All,
        .. FileTargets.All,
        .. QueryTargets.All,
    ];
}
