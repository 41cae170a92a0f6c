using System.Text;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Listing;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Show;

/// <summary>Finds one publish by its id and tells all about it.</summary>
/// <param name="context">The world outside.</param>
/// <param name="folder">Full path of the folder of the events.</param>
/// <param name="sources">What to read.</param>
internal sealed class PublishDetails(ToolContext context, string folder, string[] sources)
{
    private const int FewestDigits = 4;
    private const int MostNamed = 10;

    /// <summary>Shows a publish.</summary>
    /// <param name="id">A whole id, or four or more of its last digits.</param>
    /// <param name="asJson">Whether its events are shown as lines of JSON.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public int Show(string id, bool asJson)
    {
        string digits = id.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        if (digits.Length is < FewestDigits or > 32 || !digits.All(char.IsAsciiHexDigitLower))
        {
            throw ToolException.Usage($"{id} is not an id: write four or more of the last digits that containers-telemetry show prints, or the whole id.");
        }

        var events = new StoredEvents(folder);
        ILookup<Guid, StoredEvent> found = EventsOf(events, digits).ToLookup(static stored => stored.PublishId!.Value);
        UnreadEventNotes.Write(context.Terminal, events);
        switch (found.Count)
        {
            case 0:
                context.Terminal.WriteNote($"There is no publish {id} in the store. containers-telemetry show lists the last ones.");
                return ExitCodes.No;
            case 1 when asJson:
                foreach (StoredEvent stored in found.First())
                {
                    context.Terminal.WriteLine(PreviewFormat.Json(stored.Event));
                }

                return ExitCodes.Done;
            case 1:
                Tell(found.First().Key, [.. found.First()]);
                return ExitCodes.Done;
            default:
                throw ToolException.Usage($"{HumanFormat.Count(found.Count)} publishes end in {id}: {string.Join(", ", found.Select(static one => one.Key.ToString("D")).Order(StringComparer.Ordinal).Take(MostNamed))}. Write more digits.");
        }
    }

    /// <summary>Reads the events of publishes whose ids end in some digits. Lines without the last of them are passed over unread.</summary>
    private static IEnumerable<StoredEvent> EventsOf(StoredEvents events, string digits)
    {
        const int LastGroup = 12;
        byte[] searched = Encoding.UTF8.GetBytes(digits[Math.Max(0, digits.Length - LastGroup)..] + "\"");
        var seen = new HashSet<Guid>();
        return events.Read(line => line.AsSpan().IndexOf(searched) >= 0)
            .Where(stored => stored.PublishId is { } publish && publish.ToString("N").EndsWith(digits, StringComparison.Ordinal))
            .Where(stored => stored.EventId is not { } eventId || seen.Add(eventId));
    }

    private void Tell(Guid publishId, IReadOnlyList<StoredEvent> events) =>
        new PublishStory(context.Terminal, context.Clock, ProjectNames.Of(context.Config)).Write(publishId, events, SeriesOf(publishId, events));

    /// <summary>Finds the failures of the project around a publish without a success between them, and the success that ended them.</summary>
    private PublishLine[] SeriesOf(Guid publishId, IReadOnlyList<StoredEvent> events)
    {
        if (events.Select(static stored => stored.Event.Find(IdentityFields.ProjectId) as string).FirstOrDefault(static project => project is not null) is not { } projectId)
        {
            return [];
        }

        var query = new ListQuery
        {
            Fields = PublishLine.Fields([]),
            Where = new Comparison(ReportField.Of(IdentityFields.ProjectId), ComparisonOperator.Equal, [new FilterValue(projectId)]),
        };
        PublishLine[] ofProject = [.. PublishList.Read(sources, query, null, context.Clock.GetUtcNow()).Publishes.Select(PublishLine.Of)];
        int own = Array.FindIndex(ofProject, line => line.Id == publishId);
        if (own < 0)
        {
            return [];
        }

        int first = own;
        while (first > 0 && ofProject[first - 1].Outcome != "success")
        {
            first--;
        }

        int last = own;
        while (last < ofProject.Length - 1 && ofProject[last].Outcome != "success")
        {
            last++;
        }

        return ofProject[first..(last + 1)];
    }
}
