using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Reports.Tables;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Show;

/// <summary>An event for people, in one line, or in two in a narrow terminal.</summary>
internal sealed class EventText(Terminal terminal, TimeProvider clock)
{
    private const int NarrowWidth = 70;
    private const int OutcomeWidth = 10;
    private const string Gap = "  ";

    /// <param name="isUnfinished">Whether nothing ended its publish.</param>
    public void Write(StoredEvent stored, bool isUnfinished)
    {
        var (word, tone) = isUnfinished && stored.Event.Name == EventNames.Inference ? ("unfinished", Tone.Warning) : Outcome(stored.Event);
        string time = HumanFormat.Moment(stored.Time, clock.LocalTimeZone);
        string[] details = [.. Details(stored.Event).Append(Image(stored, isUnfinished)).Append(Caveat(stored)).Where(detail => detail.Length > 0)];
        string start = terminal.Toned(time, Tone.Faint) + Gap;
        if (terminal.Width < NarrowWidth)
        {
            terminal.WriteLine(start + terminal.Toned(word, tone));
            WriteLines(details, Gap, Gap.Length);
            return;
        }

        int width = Math.Max(OutcomeWidth, word.Length + Gap.Length);
        string margin = start + terminal.Toned(word, tone) + Terminal.Spaces(width - word.Length);
        WriteLines(details, margin, time.Length + Gap.Length + width);
    }

    private void WriteLines(string[] details, string margin, int indent)
    {
        foreach (string line in TextWrap.Items(details, terminal.Width - indent))
        {
            terminal.WriteLine((margin + line).TrimEnd());
            margin = Terminal.Spaces(indent);
        }
    }

    private static string Image(StoredEvent stored, bool isUnfinished) =>
        isUnfinished && stored.Event.Name != EventNames.Inference ? "an image of an unfinished publish" : "";

    // Clocks differ by a little.
    private string Caveat(StoredEvent stored) => stored.Time > clock.GetUtcNow().AddMinutes(1) ? "in the future" : "";

    private static (string Word, Tone Tone) Outcome(ContainerEvent containerEvent) =>
        containerEvent.Find(DetailFields.Outcome) is string outcome ? (outcome, PublishTable.ToneOf(outcome)) : ("inferred", Tone.Faint);

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

        if (containerEvent.Name is EventNames.Usage or EventNames.UsageError)
        {
            return
            [
                "own event",
                Failure(containerEvent),
                CellText.Format(ColumnKind.Duration, containerEvent.Find(DetailFields.Duration)),
                .. containerEvent.Dimensions.Select(dimension => $"{dimension.Key}={dimension.Value}"),
            ];
        }

        return
        [
            Failure(containerEvent),
            Route(containerEvent),
            Text(containerEvent, DetailFields.ImageRuntime),
            containerEvent.Find(DetailFields.Scope) is "index" ? "index of several images" : "",
            CellText.Format(ColumnKind.Bytes, containerEvent.Find(DetailFields.ImageSize)),
            CellText.Format(ColumnKind.Duration, containerEvent.Find(DetailFields.Duration)),
        ];
    }

    internal static string Image(ContainerEvent containerEvent)
    {
        string name = Text(containerEvent, InferenceFields.BaseImage);
        string tag = Text(containerEvent, InferenceFields.BaseImageTag);
        return name.Length == 0 ? "a base image that Microsoft does not publish" : tag.Length == 0 ? name : $"{name}:{tag}";
    }

    /// <summary>The error with its evidence; empty for a success.</summary>
    internal static string Failure(ContainerEvent containerEvent)
    {
        // A publish that was canceled failed because it was canceled.
        string kind = containerEvent.Find(DetailFields.Outcome) is "error" ? Text(containerEvent, OutcomeFields.Error) : "";
        string direction = Text(containerEvent, OutcomeFields.Direction);
        string code = Text(containerEvent, DetailFields.ErrorCode);
        string status = containerEvent.Find(DetailFields.HttpStatus) is long http ? $"HTTP {http}" : "";
        string text = direction.Length == 0 ? kind : $"{kind} on {direction}".TrimStart();
        string exit = containerEvent.Find(DetailFields.ExitCode) is long exitCode ? $"exit code {exitCode}" : "";
        string[] evidence = Array.FindAll([code, status, exit], static part => part.Length > 0);
        return evidence.Length == 0 ? text : $"{text} ({string.Join(", ", evidence)})";
    }

    internal static string Route(ContainerEvent containerEvent) => Route(
        (containerEvent.Find(OutcomeFields.RemotePullType) ?? containerEvent.Find(OutcomeFields.LocalPullType)) as string,
        (containerEvent.Find(OutcomeFields.RemotePushType) ?? containerEvent.Find(OutcomeFields.LocalPushType)) as string);

    /// <param name="from">The source; null if it is not known.</param>
    /// <param name="to">The destination; null if it is not known.</param>
    internal static string Route(string? from, string? to) => (from, to) switch
    {
        (null, null) => "",
        ({ }, null) => $"from {from}",
        (null, { }) => $"to {to}",
        _ => $"{from} -> {to}",
    };

    internal static string Text(ContainerEvent containerEvent, EventField field) => containerEvent.Find(field) switch
    {
        string text => text,
        string[] texts => string.Join(", ", texts),
        _ => "",
    };
}
