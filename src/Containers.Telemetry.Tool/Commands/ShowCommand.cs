using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Fleet.Reports;
using Containers.Telemetry.Reports.Listing;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Completion;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Fleets;
using Containers.Telemetry.Tool.Output;
using Containers.Telemetry.Tool.Show;

namespace Containers.Telemetry.Tool.Commands;

internal sealed class ShowCommand : StoreCommand
{
    private const int DefaultLast = 20;
    private readonly Argument<string?> _id;
    private readonly CountOption _last;
    private readonly MomentOption _since;
    private readonly MomentOption _until;
    private readonly Option<string[]> _where;
    private readonly Option<string?> _outcome;
    private readonly Option<bool> _follow;
    private readonly Option<bool> _events;
    private readonly Option<bool> _json;
    private readonly Option<string?> _source;

    public ShowCommand(ToolContext context, Option<string?> store)
        : base(context, store, "show", "Lists publishes, one line each, the latest at the end; or shows one in full.")
    {
        _id = WithArgument(new Argument<string?>("ID")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "Shows the publish with this id, as in the list or in full",
        });
        _last = With(new CountOption("--last", "publishes", aliases: "-n")
        {
            Description = $"The number of publishes; {DefaultLast} unless --since or --where is given",
        });
        _since = With(new MomentOption("--since", "Publishes from this moment on", context.Clock));
        _until = With(new MomentOption("--until", "Publishes from before this moment", context.Clock));
        _where = With<string[]>("--where", "FILTER", "Only publishes that match this filter, as for report: containers-telemetry fields lists the fields");
        _where.CompletionSources.Add(static _ => FilterCompletion.All);
        _outcome = With(
            "--outcome",
            "OUTCOME",
            "Publishes with this outcome: success, error, canceled, running, or unfinished if their end is not known",
            ReportField.Of(DetailFields.Outcome).AllowedValues);
        _follow = With(new Option<bool>("--follow", "-f") { Description = "Keeps printing publishes as they end, until Ctrl+C" });
        _events = With(new Option<bool>("--events") { Description = "Shows the stored events one by one; with ID, those of the publish" });
        _json = WithJson();
        _source = WithSource();
    }

    public override IReadOnlyList<string> Examples =>
        [
            "show",
            "show 4d21f0a3",
            "show 4d21f0a3 --events",
            "show --since 7d --where Outcome=error",
            "show --outcome unfinished",
            "show --follow",
            "show --last 1000 --json | jq .Error",
            "show --events --last 3",
        ];

    public override string MeaningOfNo => "there is no such publish";

    protected override int Run(ParseResult arguments)
    {
        RequireList(arguments);
        RequirePeriod(_since.In(arguments), _until.In(arguments));
        bool follows = arguments.GetValue(_follow);
        if (follows && arguments.GetValue(_outcome) is ReportField.Unfinished or ReportField.Running)
        {
            throw ToolException.Usage("--follow prints publishes as they end, and one of this outcome does not. Leave out --follow.");
        }

        using Watcher? watcher = follows ? new Watcher(Context.Terminal, Context.Clock) : null;
        return arguments.GetValue(_source) is { } address ? OfFleet(arguments, address, watcher) : OfStore(arguments, watcher);
    }

    private void RequireList(ParseResult arguments)
    {
        Option[] ofList = [_last, _since, _until, _where, _outcome, _follow];
        if (arguments.GetValue(_id) is { } id && Array.Find(ofList, option => arguments.GetResult(option) is { Implicit: false }) is { } used)
        {
            throw ToolException.Usage($"{used.Name} is about the list, and {id} names one publish. Leave out one of them.");
        }
    }

    private int OfStore(ParseResult arguments, Watcher? watcher)
    {
        if (arguments.GetValue(_id) is { } id)
        {
            return new PublishDetails(Context, new ShownStore(Context, DataOf(arguments).EventsPath, SourcesOf(arguments)))
                .Show(id, arguments.GetValue(_events), arguments.GetValue(_json));
        }

        if (arguments.GetValue(_events))
        {
            return ShowEvents(arguments, watcher);
        }

        string[] sources = SourcesOf(arguments);
        var list = new PublishListing(Context, DataOf(arguments).EventsPath, sources, arguments.GetValue(_json));
        ListQuery query = QueryOf(arguments, Await(watcher, () => DimensionNames.Find(sources, ofLast: AsksForLastFew(arguments))), sources);
        return watcher is null ? list.Show(query) : list.Follow(query, watcher);
    }

    private int OfFleet(ParseResult arguments, string address, Watcher? watcher) => FleetSession.Ask(Context, address, connection =>
    {
        var fleet = new ShownFleet(Context, connection);
        FollowedFleet? followed = watcher is null ? null : new FollowedFleet(Context, connection, watcher);
        return arguments.GetValue(_id) is { } id ? new PublishDetails(Context, fleet).Show(id, arguments.GetValue(_events), arguments.GetValue(_json))
            : arguments.GetValue(_events) ? ShowEvents(arguments, fleet, followed)
            : ShowPublishes(
                fleet,
                followed,
                QueryOf(arguments, Await(watcher, () => FleetDimensions.Find(connection)), sources: null),
                arguments.GetValue(_json));
    });

    private static IReadOnlyList<string> Await(Watcher? watcher, Func<IReadOnlyList<string>> find) => watcher is null ? find() : watcher.Await(find);

    private int ShowEvents(ParseResult arguments, ShownFleet fleet, FollowedFleet? followed)
    {
        var listing = new EventListing(Context, folder: "", arguments.GetValue(_json));
        EventQuery query = EventQueryOf(arguments);
        if (followed is not null)
        {
            return followed.Events(listing, query);
        }

        IReadOnlyList<StoredEvent> present = fleet.Select(query);
        return listing.Show(present, fleet.Unfinished(EventListing.OpenAmong(present)));
    }

    private int ShowPublishes(ShownFleet fleet, FollowedFleet? followed, ListQuery query, bool asJson)
    {
        var listing = new PublishListing(Context, folder: "", sources: [], asJson);
        return followed is null ? listing.Show(fleet.List(query), query, NothingThere.InFleet) : followed.Publishes(listing, query);
    }

    // The samples of the last files nearly always have all of their dimensions.
    private bool AsksForLastFew(ParseResult arguments) =>
        _since.In(arguments) is null
        && _until.In(arguments) is null
        && arguments.GetValue(_where) is not { Length: > 0 }
        && arguments.GetValue(_outcome) is null
        && (_last.In(arguments) ?? DefaultLast) <= DefaultLast;

    private ListQuery QueryOf(ParseResult arguments, IReadOnlyList<string> dimensions, string[]? sources)
    {
        Filter? where = arguments.GetValue(_where) is { Length: > 0 } filters
            ? ParseQuery(new ReportQueryText { Where = filters }, dimensions, sources).Where
            : null;
        DateTimeOffset? since = _since.In(arguments);
        return new ListQuery
        {
            Fields = arguments.GetValue(_json) ? PublishFields.All(dimensions) : PublishLine.Fields(dimensions),
            TakesAllDimensions = true,
            Last = _last.In(arguments) ?? (since is null && where is null ? DefaultLast : null),
            Outcome = arguments.GetValue(_outcome),
            Since = since,
            Until = _until.In(arguments),
            Where = where,
        };
    }

    private int ShowEvents(ParseResult arguments, Watcher? watcher)
    {
        string folder = DataOf(arguments).EventsPath;
        EventQuery query = EventQueryOf(arguments);
        if (query.Outcome == ReportField.Unfinished)
        {
            query = query with { Publishes = UnfinishedPublishes.Find(new Data.StoredEvents(folder).Read(), static _ => true, Context.Clock.GetUtcNow()) };
        }

        var listing = new EventListing(Context, folder, arguments.GetValue(_json));
        return watcher is null ? listing.Show(query) : listing.Follow(query, watcher);
    }

    private EventQuery EventQueryOf(ParseResult arguments)
    {
        if (arguments.GetValue(_where) is { Length: > 0 } || _until.In(arguments) is not null)
        {
            throw ToolException.Usage("--where and --until are about publishes. Leave out --events, or use --since and --outcome.");
        }

        if (arguments.GetValue(_outcome) == ReportField.Running)
        {
            throw ToolException.Usage("No event says that a publish is running. Leave out --events.");
        }

        DateTimeOffset? since = _since.In(arguments);
        return new EventQuery
        {
            Last = _last.In(arguments) ?? (since is null ? DefaultLast : null),
            Outcome = arguments.GetValue(_outcome),
            Since = since,
        };
    }
}
