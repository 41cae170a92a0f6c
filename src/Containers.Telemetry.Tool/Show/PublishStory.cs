using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Reports.Tables;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Show;

/// <summary>One publish in detail: outcome, timeline, image, surroundings, and the tries before and after.</summary>
/// <param name="clock">The local time zone, and the current time.</param>
internal sealed class PublishStory(Terminal terminal, TimeProvider clock, ProjectNames projects)
{
    private const int MostTries = 10;

    private static readonly EventField[] NotTold =
    [
        DetailFields.EventId, DetailFields.PublishId, DetailFields.SchemaVersion, DetailFields.Time, DetailFields.Outcome, DetailFields.Scope,
        DetailFields.EndsPublish, DetailFields.Duration, OutcomeFields.Error, OutcomeFields.Direction, OutcomeFields.RemotePullType,
        OutcomeFields.LocalPullType, OutcomeFields.RemotePushType, OutcomeFields.LocalPushType, DetailFields.ErrorCode, DetailFields.HttpStatus,
        DetailFields.ExitCode, IdentityFields.ProjectId, InferenceFields.BaseImage, InferenceFields.BaseImageTag, DetailFields.FeaturesUsed,
        DetailFields.Invocation,
    ];

    /// <param name="series">The tries of its project, including this one.</param>
    public void Write(Guid publishId, IReadOnlyList<StoredEvent> events, IReadOnlyList<PublishLine> series)
    {
        // Of two events at the same time, the one with the lower id counts as the earlier one, as in reports.
        StoredEvent[] inOrder = [.. events.OrderBy(static stored => stored.Time).ThenBy(static stored => stored.EventId)];
        StoredEvent? end = Array.Find(inOrder, static stored => stored.IsOfPublish && stored.EndsPublish);
        StoredEvent last = end ?? inOrder[^1];
        StoredEvent[] endLast = [.. inOrder.Where(stored => stored != last), last];
        StoredEvent[] inference = [.. inOrder.Where(static stored => stored.Event.Name == EventNames.Inference).Take(1)];
        var list = new FieldList(terminal);
        list.Add("Publish", publishId.ToString("D"));
        AddEnd(list, end, last.Time, series.FirstOrDefault(one => one.Id == publishId)?.Outcome);
        AddFailure(list, end?.Event);
        AddTimeline(list, publishId, inOrder);
        Add(list, "Image", [ImageOf(inference), .. Values(inference, InferenceFields.All), .. Values(endLast, DetailFields.All)]);
        Add(list, "Features", [.. Values(endLast, [DetailFields.FeaturesUsed, DetailFields.Invocation], asNames: false)]);
        Add(list, "Project", [ProjectOf(last.Event), .. last.Event.Dimensions.Select(static dimension => $"{dimension.Key}={dimension.Value}")]);
        Add(list, "Ran on", [.. Values(endLast, SurroundingsFields.All)]);
        AddSeries(list, publishId, series);
        list.Write();
    }

    // Of a publish without a project there is no list, and of its user nothing that began later.
    private void AddEnd(FieldList list, StoredEvent? end, DateTimeOffset time, string? outcomeInList)
    {
        string moment = $"{HumanFormat.Moment(time, clock.LocalTimeZone)} local time, {HumanFormat.Age(time, clock.GetUtcNow())}";
        if (end is not null)
        {
            string outcome = end.Event.Find(DetailFields.Outcome) as string ?? "unfinished";
            list.Add("Ended", $"{outcome}, {moment}", PublishTable.ToneOf(outcome));
            return;
        }

        string state = outcomeInList ?? (UnfinishedPublish.MayBeRunning(time, nextBegan: null, clock.GetUtcNow()) ? "running" : "unfinished");
        list.Add("Outcome", state, PublishTable.ToneOf(state));
        list.Add("Last event", moment);
    }

    private static void AddFailure(FieldList list, ContainerEvent? end)
    {
        if (end?.Find(DetailFields.Outcome) is not "error" || end.Find(OutcomeFields.Error) is not string kind)
        {
            return;
        }

        list.Add("Failed", EventText.Failure(end), Tone.Bad);
        if (Remedies.Find(kind) is { } remedy)
        {
            list.Add("What to do", remedy);
        }
    }

    private static void AddTimeline(FieldList list, Guid publishId, StoredEvent[] events)
    {
        StoredEvent first = events[0];
        DateTimeOffset begin = UnfinishedPublish.BeganAt(publishId) ?? first.Time;
        foreach (StoredEvent stored in events)
        {
            // Use the duration that the publish measured; clocks may be set meanwhile.
            long elapsed = stored.Event.Find(DetailFields.EndsPublish) is not false && stored.Event.Find(DetailFields.Duration) is long duration
                ? duration
                : (long)Math.Max(0, (stored.Time - begin).TotalMilliseconds);
            list.Add("Timeline", $"{CellText.Format(ColumnKind.Duration, elapsed),9}  {StepOf(stored.Event)}");
        }
    }

    private static string StepOf(ContainerEvent step)
    {
        string[] parts = step.Name switch
        {
            EventNames.Inference => ["base image chosen", EventText.Image(step)],
            EventNames.Usage or EventNames.UsageError =>
            [
                "own event",
                EventText.Failure(step),
                string.Join(' ', step.Dimensions.Select(static dimension => $"{dimension.Key}={dimension.Value}")),
            ],
            _ =>
            [
                step.Find(DetailFields.EndsPublish) is true ? "ended" : "image",
                step.Find(DetailFields.Outcome) as string ?? "",
                EventText.Text(step, DetailFields.ImageRuntime),
                EventText.Route(step),
                CellText.Format(ColumnKind.Bytes, step.Find(DetailFields.ImageSize)),
            ],
        };
        IEnumerable<string> times = step.Values
            .Where(static value => value.Key.Unit == "ms" && value.Key != DetailFields.Duration)
            .Select(static value => $"{value.Key.Name} {CellText.Format(ColumnKind.Duration, value.Value)}");
        return string.Join("  ", parts.Concat(times).Where(static part => part.Length > 0));
    }

    private static string ImageOf(StoredEvent[] inference) => inference is [var one] ? "from " + EventText.Image(one.Event) : "";

    private string ProjectOf(ContainerEvent last) => last.Find(IdentityFields.ProjectId) is string id ? projects.NameOf(id) : "";

    /// <summary>The values of fields, each once, from the last event that has it.</summary>
    private static IEnumerable<string> Values(StoredEvent[] events, EventField[] fields, bool asNames = true) => fields
        .Where(field => !asNames || (!NotTold.Contains(field) && field.Unit != "ms"))
        .Select(field => (Field: field, Value: events.Select(stored => stored.Event.Find(field)).LastOrDefault(static value => value is not null)))
        .Where(static one => one.Value is not (null or "None"))
        .Select(one => $"{one.Field.Name} {TextOf(one.Field, one.Value!)}");

    private static string TextOf(EventField field, object value) => value switch
    {
        long number => CellText.Format(field.Unit switch { "bytes" => ColumnKind.Bytes, "ms" => ColumnKind.Duration, _ => ColumnKind.Count }, number),
        string text when field.Kind is FieldKind.TargetFramework => "net" + text,
        string[] texts => string.Join(", ", texts),
        bool flag => flag ? "true" : "false",
        _ => value.ToString()!,
    };

    private static void Add(FieldList list, string label, string[] items)
    {
        items = Array.FindAll(items, static item => item.Length > 0);
        if (items.Length > 0)
        {
            list.Add(label, items);
        }
    }

    private void AddSeries(FieldList list, Guid publishId, IReadOnlyList<PublishLine> series)
    {
        if (series.Count < 2)
        {
            return;
        }

        int own = series.TakeWhile(one => one.Id != publishId).Count();
        int before = Math.Clamp(own - (MostTries / 2), 0, Math.Max(0, series.Count - MostTries));
        int after = Math.Max(0, series.Count - MostTries - before);
        IEnumerable<string> lines =
        [
            .. Left(before, "earlier"),
            .. series.Skip(before).Take(MostTries).Select(one =>
                $"{HumanFormat.Moment(one.Time, clock.LocalTimeZone)}  {one.Outcome}  {one.Error}".TrimEnd()
                + "  " + (one.Id == publishId ? "this one" : one.ShortId)),
            .. Left(after, "later"),
        ];
        foreach (string line in lines)
        {
            list.Add("Tries", line);
        }

        static string[] Left(int count, string when) => count == 0 ? [] : [$"{HumanFormat.Count(count)} {when}"];
    }
}
