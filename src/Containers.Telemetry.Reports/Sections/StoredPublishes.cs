using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>The publishes of files, which were read into memory.</summary>
internal sealed class StoredPublishes(PublishStore store, DateTimeOffset now) : IPublishSource
{
    private readonly IReadOnlySet<int> _running = RunningPublishes.Find(store, now);

    public IReadOnlyList<ReportField> Dimensions { get; } =
        [.. store.Layout.Columns.Select(static column => column.Field).Where(static field => field.IsDimension)];

    public PublishSpan SpanBefore(DateTimeOffset until)
    {
        long first = until.UtcTicks;
        long last = 0;
        long later = 0;
        for (int row = 0; row < store.Count; row++)
        {
            long time = store[row].Time;
            if (time < until.UtcTicks)
            {
                first = Math.Min(first, time);
                last = Math.Max(last, time);
            }
            else
            {
                later++;
            }
        }

        return new PublishSpan(new DateTimeOffset(first, TimeSpan.Zero), new DateTimeOffset(last, TimeSpan.Zero), later);
    }

    public IPublishes Select(Period period, Filter? filter) =>
        new Selected(PublishSelection.Create(store, period, filter, _running));

    public bool Has(ReportField field, string value) => store.Layout[field] switch
    {
        TextColumn texts => texts.Texts.Find(value) is not null,
        TextSetColumn sets => sets.Sets.Elements.Find(value) is not null,
        IdentifierColumn identifiers => IdentifierBeginning.TryParse(value, out IdentifierBeginning beginning)
            && identifiers.Identifiers.BeginningWith(beginning).Count > 0,
        _ => true,
    };

    public IReadOnlyList<string> TextsOf(ReportField field) => store.Layout[field] switch
    {
        TextColumn texts => texts.Texts.Texts(),
        TextSetColumn sets => sets.Sets.Elements.Texts(),
        _ => [],
    };

    private sealed class Selected(PublishSelection selection) : IPublishes
    {
        public Period Period => selection.Period;

        public long Count => selection.Count;

        public long Unfinished => selection.Unfinished;

        public long Running => selection.Running;

        public TableGroups Group(TableSpec spec, TimeBucket bucket) => SelectionGroups.Of(spec, selection, bucket);

        public TableGroups GroupUnfinished(TableSpec spec, TimeBucket bucket) => SelectionGroups.Of(spec, selection.WithoutOutcome, bucket);

        public long[] CountsBy(EventField identity) => IdentityCounts.Of(selection, (IdentifierColumn)selection.Layout[identity]);

        public long[] ProjectsBefore(IReadOnlyList<DateTimeOffset> moments) => FirstUses.ProjectsBefore(selection, moments);

        public ProjectUses FirstUsesOf(IReadOnlyList<EventField> fields) => new(
            ProjectsBefore([Period.To])[0],
            [.. fields.Select(field => FirstUses.Of(selection, GroupKey.Of(ReportField.Of(field), selection.Layout, TimeBucket.Day)))]);

        public IReadOnlyList<RecoveryGroup> Recoveries() => FailureSeries.Find(selection);

        public AlikePublishes Alike(IReadOnlyList<ReportField> fields) => new(selection, static _ => 1);

        public PublishSelection Rows(IReadOnlyList<ReportField> fields) => selection;
    }
}
