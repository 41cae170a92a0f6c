using Containers.Telemetry.EventRecorder;

namespace Containers.Telemetry.Quickstart;

/// <summary>The outcome of a publish, in the terms of the telemetry events.</summary>
/// <param name="Name">The last part of the event's name: <c>success</c> or <c>error</c>.</param>
internal sealed record Outcome(string Name)
{
    private const string Prefix = "sdk/container/publish/";

    /// <summary>The kind of error.</summary>
    public string? Error { get; init; }

    /// <summary><c>pull</c> or <c>push</c>.</summary>
    public string? Direction { get; init; }

    /// <summary>The kind of registry of the base image.</summary>
    public string? Pull { get; init; }

    /// <summary>The kind of registry, or of local destination, of the pushed image.</summary>
    public string? Push { get; init; }

    public static Outcome Success(string push) => new("success") { Pull = "MCR", Push = push };

    public static Outcome Failure(string error, string direction, string push) =>
        new("error") { Error = error, Direction = direction, Pull = "MCR", Push = push };

    /// <summary>Reads an event; null if it is not the outcome of a publish.</summary>
    public static Outcome? From(RecordedEvent e)
    {
        if (!e.Name!.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        return new(e.Name[Prefix.Length..])
        {
            Error = Property("error"),
            Direction = Property("direction"),
            Pull = Property("RemotePullType") ?? Property("LocalPullType"),
            Push = Property("RemotePushType") ?? Property("LocalPushType"),
        };

        string? Property(string name) => e.Properties!.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
    }

    /// <summary>
    /// Whether this report is correct: it has the same outcome and kind of error. It may leave out the direction and the registries, but must not
    /// report wrong ones.
    /// </summary>
    public bool IsTrueOf(Outcome what) =>
        Name == what.Name
        && Error == what.Error
        && (Direction is null || Direction == what.Direction)
        && (Pull is null || Pull == what.Pull)
        && (Push is null || Push == what.Push);
}
