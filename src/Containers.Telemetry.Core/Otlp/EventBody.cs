using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Otlp;

/// <summary>
/// The text of an event in a list of log records, such as <c>container publish failed: credential_failure, push, MCR to Azure</c>. It consists of
/// fixed words and values of fields, so it has nothing that is not in the attributes.
/// </summary>
internal static class EventBody
{
    public static string Of(ContainerEvent containerEvent) => containerEvent.Name switch
    {
        EventNames.Inference => OfInference(containerEvent),
        EventNames.Success => "container publish succeeded" + Duration(containerEvent) + Details(", ", Way(containerEvent)),
        EventNames.Error => OfError(containerEvent),
        EventNames.Usage => "action" + Details(": ", Text(containerEvent, DetailFields.Outcome)) + Duration(containerEvent)
            + Details(", ", Text(containerEvent, OutcomeFields.Error)),
        _ => "action failed" + Details(": ", Text(containerEvent, OutcomeFields.Error)),
    };

    private static string OfInference(ContainerEvent containerEvent)
    {
        string how = containerEvent.Find(InferenceFields.InferencePerformed) is false ? "base image named" : "base image inferred";
        string? name = Text(containerEvent, InferenceFields.BaseImage);
        string? tag = Text(containerEvent, InferenceFields.BaseImageTag);
        return name is null ? how : how + ": " + name + (tag is null ? "" : ":" + tag);
    }

    private static string OfError(ContainerEvent containerEvent)
    {
        string end = Text(containerEvent, DetailFields.Outcome) switch
        {
            "canceled" => "container publish canceled",
            "unfinished" => "container publish unfinished",
            _ => "container publish failed",
        };
        return end + Details(": ", Text(containerEvent, OutcomeFields.Error), Text(containerEvent, OutcomeFields.Direction), Way(containerEvent));
    }

    private static string Duration(ContainerEvent containerEvent) => containerEvent.Find(DetailFields.Duration) is long milliseconds
        ? string.Create(CultureInfo.InvariantCulture, $" in {milliseconds / 1000.0:0.0} s")
        : "";

    // Source and destination; null when neither is known.
    private static string? Way(ContainerEvent containerEvent)
    {
        string? from = Text(containerEvent, OutcomeFields.RemotePullType) ?? Text(containerEvent, OutcomeFields.LocalPullType);
        string? to = Text(containerEvent, OutcomeFields.RemotePushType) ?? Text(containerEvent, OutcomeFields.LocalPushType);
        return (from, to) switch
        {
            (null, null) => null,
            (_, null) => "from " + from,
            (null, _) => "to " + to,
            _ => from + " to " + to,
        };
    }

    private static string Details(string start, params ReadOnlySpan<string?> details)
    {
        string text = "";
        foreach (string? detail in details)
        {
            text += detail is null ? "" : (text.Length == 0 ? start : ", ") + detail;
        }

        return text;
    }

    private static string? Text(ContainerEvent containerEvent, EventField field) => containerEvent.Find(field) as string;
}
