using System.CommandLine;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;
using Containers.Telemetry.Tool.Show;

namespace Containers.Telemetry.Tool.Commands;

internal sealed class ShowCommand : StoreCommand
{
    private const int DefaultLast = 20;
    private const string Unfinished = "unfinished";

    private readonly Option<int?> _last;
    private readonly Option<DateTimeOffset?> _since;
    private readonly Option<string?> _outcome;
    private readonly Option<bool> _follow;
    private readonly Option<bool> _json;

    public ShowCommand(ToolContext context, Option<string?> store)
        : base(context, store, "show", "Shows the events of the store as a person reads them, the latest at the end.")
    {
        _last = With(new Option<int?>("--last", "-n") { Description = $"The number of events; {DefaultLast} unless --since is given", HelpName = "N" });
        _last.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out int count) && count >= 0))
            {
                result.AddError("--last takes a number of events");
            }
        });
        _since = With(new MomentOption("--since", "Events from this moment on", context.Clock));
        _outcome = With(new Option<string?>("--outcome") { Description = "Events of publishes that ended so: success, error or canceled; or unfinished, for those whose end is not known", HelpName = "OUTCOME" });
        _outcome.AcceptOnlyFromAmong(DetailFields.Outcome.AllowedValues);
        _follow = With(new Option<bool>("--follow", "-f") { Description = "Goes on and prints events as publishes happen, until Ctrl+C" });
        _json = WithJson();
    }

    public override IReadOnlyList<string> Examples => ["show", "show --since 7d --outcome error", "show --outcome unfinished", "show --follow", "show --last 1000 --json | jq .Error"];

    public override string MeaningOfNo => "there is no such event";

    protected override int Run(ParseResult arguments)
    {
        DateTimeOffset? since = arguments.GetValue(_since);
        string? outcome = arguments.GetValue(_outcome);
        bool follows = arguments.GetValue(_follow);
        if (follows && outcome == Unfinished)
        {
            throw ToolException.Usage("--follow prints events as they come, and that a publish is unfinished shows later. Leave out --follow.");
        }

        string folder = DataOf(arguments).EventsPath;
        var query = new EventQuery
        {
            Last = arguments.GetValue(_last) ?? (since is null ? DefaultLast : null),
            Outcome = outcome,
            Publishes = outcome == Unfinished ? UnfinishedPublishes.Find(new StoredEvents(folder).Read(), static _ => true, Context.Clock.GetUtcNow()) : null,
            Since = since,
        };
        Action<StoredEvent, bool> write = arguments.GetValue(_json)
            ? (stored, _) => Context.Terminal.WriteLine(PreviewFormat.Json(stored.Event))
            : new EventText(Context.Terminal, Context.Clock).Write;
        return follows ? Follow(folder, query, write) : Show(folder, query, write, arguments);
    }

    private int Show(string folder, EventQuery query, Action<StoredEvent, bool> write, ParseResult arguments)
    {
        var events = new StoredEvents(folder);
        IReadOnlyList<StoredEvent> present = query.Select(events.Read());
        UnfinishedPublishes unfinished = query.Publishes ?? UnfinishedAmong(present, folder);
        foreach (StoredEvent stored in present)
        {
            write(stored, unfinished.Contains(stored));
        }

        UnreadEventNotes.Write(Context.Terminal, events);
        return Answer(present.Count, arguments);
    }

    private int Follow(string folder, EventQuery query, Action<StoredEvent, bool> write)
    {
        var events = new StoredEvents(folder);
        var follower = new EventFollower(folder, events, Context.Clock, () => UnreadEventNotes.WriteFiles(Context.Terminal, 1));
        follower.SkipPresent();
        foreach (StoredEvent stored in query.Select(events.Read().Where(follower.IsNew)))
        {
            write(stored, false);
        }

        UnreadEventNotes.Write(Context.Terminal, events);
        Context.Terminal.Flush();
        foreach (StoredEvent stored in follower.Follow(() => !Context.Terminal.IsReaderGone()).Where(query.Accepts))
        {
            write(stored, false);
            Context.Terminal.Flush();
        }

        return ExitCodes.Done;
    }

    /// <summary>Finds the unfinished publishes among those of a few events. The store is read again only where the events alone do not decide.</summary>
    private UnfinishedPublishes UnfinishedAmong(IReadOnlyList<StoredEvent> present, string folder)
    {
        HashSet<Guid> open = [.. present.Where(StoredEventFields.IsOfPublish).Select(StoredEventFields.PublishId).OfType<Guid>()];
        open.ExceptWith(present.Where(StoredEventFields.EndsPublish).Select(StoredEventFields.PublishId).OfType<Guid>());
        return open.Count == 0 ? UnfinishedPublishes.None : UnfinishedPublishes.Find(new StoredEvents(folder).Read(), open.Contains, Context.Clock.GetUtcNow());
    }

    private int Answer(int count, ParseResult arguments)
    {
        if (count > 0)
        {
            return ExitCodes.Done;
        }

        if (!arguments.GetValue(_json))
        {
            Context.Terminal.WriteNote("There is no such event. Publish a container, or see containers-telemetry doctor.");
        }

        return ExitCodes.No;
    }
}
