using Containers.Telemetry.Classification;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Reports.Querying;

/// <summary>Derived fields: their inputs, their values, and the rule from the inputs to a value.</summary>
public static class DerivedFields
{
    /// <summary>What the names of all images of .NET begin with.</summary>
    internal const string DotnetImages = "mcr.microsoft.com/dotnet/";

    private static readonly string[] Places = [.. RegistryKindNames.All.Union(LocalKindNames.All, StringComparer.Ordinal)];

    /// <summary>Returns the fields that a value is worked out from, in the order that <see cref="ValueOf"/> takes them.</summary>
    public static EventField[] InputsOf(DerivedField field) => field switch
    {
        DerivedField.Support => [InferenceFields.BaseImage, InferenceFields.BaseImageTag],
        DerivedField.PullType => [OutcomeFields.RemotePullType, OutcomeFields.LocalPullType],
        DerivedField.PushType => [OutcomeFields.RemotePushType, OutcomeFields.LocalPushType],
        DerivedField.Registry =>
        [
            OutcomeFields.Direction, OutcomeFields.RemotePullType, OutcomeFields.LocalPullType, OutcomeFields.RemotePushType, OutcomeFields.LocalPushType,
        ],
        DerivedField.RegistryProduct =>
        [
            OutcomeFields.Direction, OutcomeFields.RemotePullType, OutcomeFields.LocalPullType, OutcomeFields.RemotePushType, OutcomeFields.LocalPushType,
            DetailFields.PullRegistryProduct, DetailFields.PushRegistryProduct,
        ],
        _ => [],
    };

    /// <summary>Returns the values that a field can have; none where they are not a list.</summary>
    public static string[] AllowedValuesOf(DerivedField field) => field switch
    {
        DerivedField.Support => ["supported", "ended"],
        DerivedField.PullType or DerivedField.PushType or DerivedField.Registry => Places,
        DerivedField.RegistryProduct => [.. Places.Union(RegistryProductNames.All, StringComparer.Ordinal)],
        DerivedField.Retried => ["true", "false"],
        _ => [],
    };

    /// <summary>Works out the value of a publish; null for none.</summary>
    /// <param name="field">A field with inputs.</param>
    /// <param name="inputs">The values of <see cref="InputsOf"/>; null for those that the publish does not have.</param>
    /// <param name="today">The day of the report.</param>
    public static string? ValueOf(DerivedField field, IReadOnlyList<string?> inputs, DateOnly today) => field switch
    {
        DerivedField.Support => inputs[0]?.StartsWith(DotnetImages, StringComparison.Ordinal) is true && inputs[1] is { } tag ? DotnetSupport.StateOf(tag, today) : null,
        DerivedField.PullType or DerivedField.PushType => inputs[0] ?? inputs[1],
        DerivedField.Registry => FailedEnd(inputs, pulled: inputs[1] ?? inputs[2], pushed: inputs[3] ?? inputs[4]),
        DerivedField.RegistryProduct => FailedEnd(inputs, pulled: inputs[5] ?? inputs[1] ?? inputs[2], pushed: inputs[6] ?? inputs[3] ?? inputs[4]),
        _ => null,
    };

    internal static string DescriptionOf(DerivedField field) => field switch
    {
        DerivedField.Support => "Whether the .NET version of the base image is supported on the day of the report.",
        DerivedField.PullType => "Where the base image comes from: a kind of registry, or a place on the machine.",
        DerivedField.PushType => "Where the image goes: a kind of registry, or a place on the machine.",
        DerivedField.Registry => "The place at the end that failed.",
        DerivedField.RegistryProduct => "The place at the end that failed, by its product where the kind of the registry is Other.",
        DerivedField.Retried => "Whether a publish that failed was tried again: the same project was published once more within a day.",
        DerivedField.Hour => "The hour in which the publish ended, UTC.",
        DerivedField.Day => "The day on which the publish ended, UTC.",
        DerivedField.Week => "The week in which the publish ended, by its Monday, UTC.",
        _ => "The month in which the publish ended, by its first day, UTC.",
    };

    internal static string ExampleOf(DerivedField field) => field switch
    {
        DerivedField.Support => "ended",
        DerivedField.PullType => "MCR",
        DerivedField.PushType or DerivedField.Registry => "Azure",
        DerivedField.RegistryProduct => "Quay",
        DerivedField.Retried => "true",
        DerivedField.Hour => "2026-11-20T09:00",
        DerivedField.Week => "2026-11-16",
        DerivedField.Month => "2026-11-01",
        _ => "2026-11-20",
    };

    private static string? FailedEnd(IReadOnlyList<string?> inputs, string? pulled, string? pushed) => inputs[0] switch
    {
        "pull" => pulled,
        "push" => pushed,
        _ => null,
    };
}
