using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Export;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Show;

/// <summary>An event as a person reads it: what happened in one line, or in two where the terminal is narrow.</summary>
internal sealed class EventText(Terminal terminal, TimeProvider clock)
{
    private const int NarrowWidth = 70;
    private const int OutcomeWidth = 9;

    public void Write(StoredEvent stored)
    {
        ContainerEvent containerEvent = stored.Event;
        var (word, tone) = Outcome(containerEvent);
        string time = HumanFormat.Moment(stored.Time, clock.LocalTimeZone);
        string mark = stored.Time > clock.GetUtcNow().AddMinutes(1) ? " (in the future)" : "";
        string details = string.Join("  ", Details(containerEvent).Where(detail => detail.Length > 0));
        string start = terminal.Toned(time, Tone.Faint) + mark + "  ";
        if (terminal.Width >= NarrowWidth)
        {
            int indent = time.Length + mark.Length + 2 + OutcomeWidth;
            string margin = start + terminal.Toned(word, tone) + new string(' ', OutcomeWidth - word.Length);
            foreach (string line in TextWrap.Lines(details, terminal.Width - indent))
            {
                terminal.WriteLine((margin + line).TrimEnd());
                margin = new string(' ', indent);
            }

            return;
        }

        terminal.WriteLine(start + terminal.Toned(word, tone));
        foreach (string line in TextWrap.Lines(details, terminal.Width - 2).Where(line => line.Length > 0))
        {
            terminal.WriteLine("  " + line);
        }
    }

    private static (string Word, Tone Tone) Outcome(ContainerEvent containerEvent) => containerEvent.Find(DetailFields.Outcome) switch
    {
        "error" => ("error", Tone.Bad),
        "canceled" => ("canceled", Tone.Warning),
        "success" => ("success", Tone.Good),
        _ => ("inferred", Tone.Faint),
    };

    private static IEnumerable<string> Details(ContainerEvent containerEvent)
    {
        if (containerEvent.Name == EventNames.Inference)
        {
            return
            [
                Image(containerEvent),
                Text(containerEvent, InferenceFields.TargetFramework) is { Length: > 0 } framework ? "net" + framework : "",
                Text(containerEvent, InferenceFields.ProjectType),
                Text(containerEvent, InferenceFields.PublishMode),
                Text(containerEvent, InferenceFields.TargetRuntime),
            ];
        }

        return
        [
            Failure(containerEvent),
            Route(containerEvent),
            Text(containerEvent, DetailFields.ImageRuntime),
            containerEvent.Find(DetailFields.Scope) is "index" ? "index of several images" : "",
            containerEvent.Find(DetailFields.ImageSize) is long size ? HumanFormat.Size(size) : "",
            containerEvent.Find(DetailFields.Duration) is long duration ? HumanFormat.Duration(duration) : "",
        ];
    }

    private static string Image(ContainerEvent containerEvent)
    {
        string name = Text(containerEvent, InferenceFields.BaseImage);
        string tag = Text(containerEvent, InferenceFields.BaseImageTag);
        return name.Length == 0 ? "a base image of the user's" : tag.Length == 0 ? name : $"{name}:{tag}";
    }

    private static string Failure(ContainerEvent containerEvent)
    {
        string kind = Text(containerEvent, OutcomeFields.Error);
        string direction = Text(containerEvent, OutcomeFields.Direction);
        string code = Text(containerEvent, DetailFields.ErrorCode);
        string status = containerEvent.Find(DetailFields.HttpStatus) is long http ? $"HTTP {http}" : "";
        string text = direction.Length == 0 ? kind : $"{kind} on {direction}";
        string[] evidence = Array.FindAll([code, status], static part => part.Length > 0);
        return evidence.Length == 0 ? text : $"{text} ({string.Join(", ", evidence)})";
    }

    private static string Route(ContainerEvent containerEvent)
    {
        string from = Text(containerEvent, OutcomeFields.RemotePullType) is { Length: > 0 } remote ? remote : Text(containerEvent, OutcomeFields.LocalPullType);
        string to = Text(containerEvent, OutcomeFields.RemotePushType) is { Length: > 0 } pushed ? pushed : Text(containerEvent, OutcomeFields.LocalPushType);
        return (from.Length, to.Length) switch
        {
            (0, 0) => "",
            (_, 0) => $"from {from}",
            (0, _) => $"to {to}",
            _ => $"{from} -> {to}",
        };
    }

    private static string Text(ContainerEvent containerEvent, EventField field) => containerEvent.Find(field) switch
    {
        string text => text,
        string[] texts => string.Join(", ", texts),
        _ => "",
    };
}
