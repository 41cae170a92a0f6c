using Containers.Telemetry.Classification;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Reports.Querying;

/// <summary>Derived fields: their inputs, their values, and the rule from the inputs to a value.</summary>
public static class DerivedFields
{
    /// <summary>The prefix of all images of .NET.</summary>
    internal const string DotnetImages = "mcr.microsoft.com/dotnet/";

    private static readonly string[] Places = [.. RegistryKindNames.All.Union(LocalKindNames.All, StringComparer.Ordinal)];

    private static readonly EventField[] Ends =
    [
        OutcomeFields.Direction, OutcomeFields.RemotePullType, OutcomeFields.LocalPullType, OutcomeFields.RemotePushType, OutcomeFields.LocalPushType,
    ];

    /// <summary>One for each field, in the order of <see cref="DerivedField"/>.</summary>
    private static readonly Definition[] Definitions =
    [
        new("Whether the .NET version of the base image is supported on the day of the report.", "ended",
            [InferenceFields.BaseImage, InferenceFields.BaseImageTag], ["supported", "ended"]),
        new("Where the base image comes from: a kind of registry, or a place on the machine.", "MCR",
            [OutcomeFields.RemotePullType, OutcomeFields.LocalPullType], Places),
        new("Where the image goes: a kind of registry, or a place on the machine.", "Azure",
            [OutcomeFields.RemotePushType, OutcomeFields.LocalPushType], Places),
        new("The source of a failed pull, or the destination of a failed push.", "Azure", Ends, Places),
        new("The source of a failed pull, or the destination of a failed push, by its product if its kind is Other.", "Quay",
            [.. Ends, DetailFields.PullRegistryProduct, DetailFields.PushRegistryProduct], [.. Places.Union(RegistryProductNames.All, StringComparer.Ordinal)]),
        new("Whether a failed publish was retried: the same project was published again within a day.", "true", [], ["true", "false"]),
        new("The hour in which the publish ended, UTC.", "2026-11-20T09:00", [], []),
        new("The day on which the publish ended, UTC.", "2026-11-20", [], []),
        new("The week in which the publish ended, by its Monday, UTC.", "2026-11-16", [], []),
        new("The month in which the publish ended, by its first day, UTC.", "2026-11-01", [], []),
    ];

    /// <summary>Returns the inputs of a field, in the order of the parameter of <see cref="ValueOf"/>.</summary>
    public static EventField[] InputsOf(DerivedField field) => Definitions[(int)field].Inputs;

    /// <summary>Returns the values that a field can have; none if they are not a fixed set.</summary>
    public static string[] AllowedValuesOf(DerivedField field) => Definitions[(int)field].AllowedValues;

    /// <summary>Computes the value of a publish; null for none.</summary>
    /// <param name="field">A field with inputs.</param>
    /// <param name="inputs">The values of <see cref="InputsOf"/>; null for those that the publish does not have.</param>
    public static string? ValueOf(DerivedField field, IReadOnlyList<string?> inputs, DateOnly today) => field switch
    {
        DerivedField.Support => inputs[0]?.StartsWith(DotnetImages, StringComparison.Ordinal) is true && inputs[1] is { } tag
            ? DotnetSupport.StateOf(tag, today)
            : null,
        DerivedField.PullType or DerivedField.PushType => inputs[0] ?? inputs[1],
        DerivedField.Registry => FailedEnd(inputs, pulled: inputs[1] ?? inputs[2], pushed: inputs[3] ?? inputs[4]),
        DerivedField.RegistryProduct => FailedEnd(inputs, pulled: inputs[5] ?? inputs[1] ?? inputs[2], pushed: inputs[6] ?? inputs[3] ?? inputs[4]),
        _ => null,
    };

    internal static string DescriptionOf(DerivedField field) => Definitions[(int)field].Description;

    internal static string ExampleOf(DerivedField field) => Definitions[(int)field].Example;

    private static string? FailedEnd(IReadOnlyList<string?> inputs, string? pulled, string? pushed) => inputs[0] switch
    {
        "pull" => pulled,
        "push" => pushed,
        _ => null,
    };

    private sealed record Definition(string Description, string Example, EventField[] Inputs, string[] AllowedValues);
}
