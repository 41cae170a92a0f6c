namespace Containers.Telemetry.Package.Tests.Scenarios;

/// <summary>An event as the dotnet CLI would forward it.</summary>
/// <param name="Name">The event's name.</param>
/// <param name="Properties">All properties of the event: a missing one and an additional one fail the test.</param>
public sealed record ExpectedEvent(string Name, params (string Key, string Value)[] Properties)
{
    /// <summary>The inference for a framework-dependent console project without a base image of its own, with changes.</summary>
    public static ExpectedEvent Inference(params (string Key, string? Value)[] changes) => Change(
        "sdk/container/inference",
        [
            ("InferencePerformed", "True"),
            ("TargetFramework", "10.0"),
            ("BaseImage", "mcr.microsoft.com/dotnet/runtime"),
            ("BaseImageTag", "10.0"),
            ("ProjectType", "Console"),
            ("PublishMode", "FrameworkDependent"),
            ("IsInvariant", "False"),
            ("TargetRuntimes", Scenario.MachineRuntime),
        ],
        changes);

    /// <summary>The inference for the same project with a base image that the user named and that is not Microsoft's.</summary>
    public static ExpectedEvent NoInference() => Inference(("InferencePerformed", "False"), ("BaseImage", null), ("BaseImageTag", null));

    /// <summary>A success from MCR to a registry without a known owner, with changes.</summary>
    public static ExpectedEvent Success(params (string Key, string? Value)[] changes) =>
        Change("sdk/container/publish/success", [("RemotePullType", "MCR"), ("RemotePushType", "Other")], changes);

    /// <summary>A failure between MCR and a registry without a known owner, with changes.</summary>
    public static ExpectedEvent Error(string kind, string? direction, params (string Key, string? Value)[] changes) =>
        Change(
            "sdk/container/publish/error", [("RemotePullType", "MCR"), ("RemotePushType", "Other"), ("error", kind)], [("direction", direction), .. changes]);

    /// <inheritdoc />
    public override string ToString() =>
        $"{Name} {{{string.Join(", ", Properties.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}"))}}}";

    private static ExpectedEvent Change(string name, (string Key, string Value)[] usual, (string Key, string? Value)[] changes)
    {
        Dictionary<string, string> properties = usual.ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
        foreach ((string key, string? value) in changes)
        {
            if (value is null)
            {
                properties.Remove(key);
            }
            else
            {
                properties[key] = value;
            }
        }

        return new ExpectedEvent(name, [.. properties.Select(p => (p.Key, p.Value))]);
    }
}
