using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Listing;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Show;

/// <summary>Finds one publish by its id and shows it in full.</summary>
internal sealed class PublishDetails(ToolContext context, IShownPublishes publishes)
{
    private const int FewestDigits = 4;
    private const int MostNamed = 10;

    /// <param name="id">A whole id, or four or more of its last digits.</param>
    /// <param name="asEvents">Whether its events are shown one by one, as they were stored.</param>
    /// <param name="asJson">Whether it, or each of its events, is a line of JSON.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public int Show(string id, bool asEvents, bool asJson)
    {
        string digits = id.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        if (digits.Length is < FewestDigits or > 32 || !digits.All(char.IsAsciiHexDigitLower))
        {
            throw ToolException.Usage($"{id} is not an id: write four or more of the last digits that containers-telemetry show prints, or the whole id.");
        }

        ILookup<Guid, StoredEvent> found = publishes.EventsOf(digits).ToLookup(static stored => stored.PublishId!.Value);
        switch (found.Count)
        {
            case 0:
                return NotFound(id);
            case 1 when asEvents:
                return ShowEvents(found.First().Key, [.. found.First()], asJson);
            case 1 when asJson:
                return ShowJson(found.First().Key, [.. found.First()]) ? ExitCodes.Done : NotFound(id);
            case 1:
                Tell(found.First().Key, [.. found.First()]);
                return ExitCodes.Done;
            default:
                IEnumerable<string> ids = found.Select(static one => one.Key.ToString("D")).Order(StringComparer.Ordinal).Take(MostNamed);
                throw ToolException.Usage($"{HumanFormat.Count(found.Count)} publishes end in {id}: {string.Join(", ", ids)}. Write more digits.");
        }
    }

    private int NotFound(string id)
    {
        context.Terminal.WriteNote($"There is no publish {id} in {publishes.Name}. containers-telemetry show lists the last ones.");
        return ExitCodes.No;
    }

    private int ShowEvents(Guid publishId, IReadOnlyList<StoredEvent> events, bool asJson)
    {
        bool isUnfinished = Listed(events, []).Publishes.Any(entry => entry.Id == publishId && entry.Outcome == ReportField.Unfinished);
        return new EventListing(context, folder: "", asJson).Show(events, isUnfinished ? new UnfinishedPublishes([publishId]) : UnfinishedPublishes.None);
    }

    /// <summary>Writes the publish as the list does.</summary>
    /// <returns>Whether the list has it. Events of other packages alone are no publish.</returns>
    private bool ShowJson(Guid publishId, IReadOnlyList<StoredEvent> events)
    {
        IEnumerable<string> dimensions = events.SelectMany(static stored => stored.Event.Dimensions).Select(static dimension => dimension.Key).Distinct();
        PublishList listed = Listed(events, PublishFields.All(dimensions));
        if (listed.Publishes.FirstOrDefault(entry => entry.Id == publishId) is not { } publish)
        {
            return false;
        }

        using Stream output = context.Terminal.OpenOut();
        PublishJson.WriteLine(output, publish, listed.Fields);
        return true;
    }

    /// <summary>Lists the publishes of the time of some events.</summary>
    private PublishList Listed(IReadOnlyList<StoredEvent> events, IReadOnlyList<ReportField> fields) => publishes.List(new ListQuery
    {
        Fields = fields,
        Since = events.Min(static stored => stored.Time),
        Until = events.Max(static stored => stored.Time).AddTicks(1),
    });

    private void Tell(Guid publishId, IReadOnlyList<StoredEvent> events) =>
        new PublishStory(context.Terminal, context.Clock, ProjectNames.Of(context.Config)).Write(publishId, events, SeriesOf(publishId, events));

    /// <summary>Finds the failures of the project around a publish without a success between them, and the success that ended them.</summary>
    private PublishLine[] SeriesOf(Guid publishId, IReadOnlyList<StoredEvent> events)
    {
        if (events.Select(static stored => stored.Event.Find(IdentityFields.ProjectId) as string)
            .FirstOrDefault(static project => project is not null) is not { } projectId)
        {
            return [];
        }

        var query = new ListQuery
        {
            Fields = PublishLine.Fields([]),
            Where = new Comparison(ReportField.Of(IdentityFields.ProjectId), ComparisonOperator.Equal, [new FilterValue(projectId)]),
        };
        PublishLine[] ofProject = [.. publishes.List(query).Publishes.Select(PublishLine.Of)];
        int own = Array.FindIndex(ofProject, line => line.Id == publishId);
        if (own < 0)
        {
            return [];
        }

        int failedBefore = ofProject.Take(own).Reverse().TakeWhile(static line => line.Outcome != "success").Count();
        int success = Array.FindIndex(ofProject, own, static line => line.Outcome == "success");
        return ofProject[(own - failedBefore)..(success < 0 ? ofProject.Length : success + 1)];
    }
}
