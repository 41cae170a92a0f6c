namespace Containers.Telemetry.Events.Schema;

/// <summary>The metrics of publishes, for counts without events.</summary>
public static class PublishMetrics
{
    public static readonly MetricDefinition Publishes = new(AttributeNames.Prefix + "publishes", "counter", "{publish}", "Container publishes that ended.");

    /// <summary>How long they took.</summary>
    public static readonly MetricDefinition Duration = new(
        AttributeNames.Prefix + "publish.duration", "histogram", "s", "Time from the start of a container publish to its end.");

    public static readonly MetricDefinition[] All = [Publishes, Duration];

    /// <summary>The labels of the data points of each metric: short lists of values, nothing that grows with users, projects or machines.</summary>
    public static readonly EventField[] Labels =
    [
        DetailFields.Outcome, OutcomeFields.Error, OutcomeFields.Direction,
        OutcomeFields.RemotePullType, OutcomeFields.RemotePushType, OutcomeFields.LocalPushType, DetailFields.Observation,
    ];

    /// <summary>The upper bounds of the buckets of <see cref="Duration"/>, in seconds.</summary>
    public static readonly int[] DurationBounds = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600];

    /// <summary>
    /// The most series that one metric can have: a success has no error, each kind of error has one outcome and may have a direction, and an
    /// image goes to a registry or to a local place, if either is known.
    /// </summary>
    public static int MostSeries =>
        (1 + (OutcomeFields.Error.AllowedValues.Length * OrNone(OutcomeFields.Direction)))
        * OrNone(OutcomeFields.RemotePullType)
        * (OrNone(OutcomeFields.RemotePushType) + OutcomeFields.LocalPushType.AllowedValues.Length)
        * DetailFields.Observation.AllowedValues.Length;

    private static int OrNone(EventField field) => field.AllowedValues.Length + 1;
}

/// <summary>A metric that can be sent.</summary>
/// <param name="Name">Its name in OpenTelemetry.</param>
/// <param name="Type">Its type there: <c>counter</c> or <c>histogram</c>.</param>
/// <param name="Unit">Its unit, by the Unified Code for Units of Measure.</param>
public sealed record MetricDefinition(string Name, string Type, string Unit, string Description);
