using Containers.Telemetry.Fuzz.Targets;

namespace Containers.Telemetry.Fuzz;

/// <summary>Every reader and classifier that takes what others wrote.</summary>
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
