using Containers.Telemetry.Reports.Listing;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;
using Containers.Telemetry.Tool.Reporting;

namespace Containers.Telemetry.Tool.Show;

/// <param name="folder">Full path of the folder of the events.</param>
/// <param name="asJson">Whether each is a line of JSON.</param>
internal sealed class PublishListing(ToolContext context, string folder, string[] sources, bool asJson)
{
    private const int FirstOfFollowed = 10;

    // The last ended publishes are among the last ones stored, even if several end at once.
    private const int NearTheEnd = 100;

    private readonly PublishTable _table = new(context.Terminal, context.Clock, ProjectNames.Of(context.Config));

    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public int Show(ListQuery query)
    {
        PublishList list = Read(query);
        return Show(list, query, list.Publishes.Count > 0 ? null : NothingThere.Text(context, folder, sources, query, context.Clock.LocalTimeZone));
    }

    /// <param name="whyEmpty">The text for an empty list; null for none.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public int Show(PublishList list, ListQuery query, string? whyEmpty)
    {
        Write(list.Publishes, list.Fields);
        ReadingNotes.Write(context.Terminal, list.Reading);
        if (list.Publishes.Count == 0 && whyEmpty is not null)
        {
            context.Terminal.WriteNote(whyEmpty);
        }

        return list.Publishes.Count > 0 ? ExitCodes.Done : ExitCodes.No;
    }

    /// <summary>Returns the number of publishes at the beginning of a followed list.</summary>
    public static int FirstOf(ListQuery query) => Math.Min(query.Last ?? FirstOfFollowed, FirstOfFollowed);

    /// <summary>Lists publishes, and new ones as they end.</summary>
    /// <param name="last">The publishes at its beginning.</param>
    /// <param name="fields">Returns the fields of the values of the publishes that came last.</param>
    public int Follow(IReadOnlyList<PublishEntry> last, IEnumerable<PublishEntry> coming, Func<IReadOnlyList<ReportField>> fields)
    {
        Write(last, fields());
        context.Terminal.Flush();
        foreach (PublishEntry entry in coming)
        {
            WriteNext(entry, PublishLine.Of(entry), fields());
            context.Terminal.Flush();
        }

        return ExitCodes.Done;
    }

    /// <summary>Lists the last publishes of the store, and new ones as they end.</summary>
    public int Follow(ListQuery query, Watcher watcher)
    {
        var events = new StoredEvents(folder);
        var follower = new EventFollower(folder, events, () => ReadingNotes.WriteUnreadableFiles(context.Terminal, 1));
        follower.SkipPresent();
        PublishList last = Read(query with { Last = FirstOf(query) });
        Write(last.Publishes, last.Fields);
        context.Terminal.Flush();
        foreach (StoredEvent stored in follower.Follow(watcher))
        {
            if (PublishLine.Of(stored) is { } line && (query.Outcome is null || line.Outcome == query.Outcome) && !(stored.Time >= query.Until))
            {
                WriteNext(line, stored, query);
                context.Terminal.Flush();
            }
        }

        return ExitCodes.Done;
    }

    private PublishList Read(ListQuery query) => query.ReadsEndAlone ? Read(query, progress: null) : ReadAll(query);

    // A method of its own, so that what draws the bar is loaded for it alone.
    private PublishList ReadAll(ListQuery query) => new ProgressBar(context.Terminal).ShowBytes("Reading", progress => Read(query, progress));

    private PublishList Read(ListQuery query, Action<long, long>? progress) => PublishList.Read(sources, query, progress, context.Clock.GetUtcNow());

    private void Write(IReadOnlyList<PublishEntry> publishes, IReadOnlyList<ReportField> fields)
    {
        if (asJson)
        {
            WriteJson(publishes, fields);
        }
        else if (publishes.Count > 0)
        {
            _table.Write([.. publishes.Select(PublishLine.Of)]);
        }
    }

    private void WriteNext(PublishEntry entry, PublishLine line, IReadOnlyList<ReportField> fields)
    {
        if (asJson)
        {
            WriteJson([entry], fields);
        }
        else
        {
            _table.WriteNext(line);
        }
    }

    // The event that ends a publish has no fields of its inference; if JSON or a filter needs them, they are read from the end of the store.
    private void WriteNext(PublishLine line, StoredEvent stored, ListQuery query)
    {
        if (!asJson && query.Where is null)
        {
            _table.WriteNext(line);
            return;
        }

        PublishList list = Read(query with { Last = null, Since = stored.Time, Within = NearTheEnd });
        foreach (PublishEntry entry in list.Publishes.Where(entry => entry.Id == line.Id))
        {
            WriteNext(entry, line, list.Fields);
        }
    }

    private void WriteJson(IEnumerable<PublishEntry> entries, IReadOnlyList<ReportField> fields)
    {
        using Stream output = context.Terminal.OpenOut();
        foreach (PublishEntry entry in entries)
        {
            PublishJson.WriteLine(output, entry, fields);
        }
    }
}
