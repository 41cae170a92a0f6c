using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Otlp;

namespace Containers.Telemetry.Tool.Documentation;

/// <summary>Writes the page that lists everything that can be collected, from the schema.</summary>
public static class CollectedDataPage
{
    private static readonly EventField[] UsageFields =
    [
        OutcomeFields.Error,
        DetailFields.EventId,
        DetailFields.PublishId,
        DetailFields.SchemaVersion,
        DetailFields.Time,
        DetailFields.Outcome,
        DetailFields.HttpStatus,
        DetailFields.ExitCode,
        DetailFields.Duration,
    ];

    /// <summary>Returns the page as Markdown. Lines end with a line feed.</summary>
    public static string Markdown()
    {
        var page = new StringBuilder();
        AppendIntroduction(page);
        AppendKinds(page);
        foreach (FieldGroup group in FieldGroup.All)
        {
            AppendGroup(page, group);
        }

        AppendDimensions(page);
        AppendMetrics(page);
        AppendOthers(page);
        return page.ToString();
    }

    private static void AppendIntroduction(StringBuilder page)
    {
        Paragraph(page, "# Collected data");
        Paragraph(page, "<!-- Generated from the schema in src/Containers.Telemetry.Core/Events/Schema. CONTRIBUTING.md says how to regenerate it. -->");
        Line(page, "Every field that can ever be written. Nothing else is collected.");
        Paragraph(page, "No field takes free text: a value that the kind of its field does not allow is left out.");
        Paragraph(page, $"Version of the schema: {EventSchema.Version}. Fields: {EventSchema.Fields.Count}.");
        Paragraph(page, "Channels:");
        Line(
            page,
            "- **SDK**: MSBuild's telemetry, which the dotnet CLI forwards under its own opt-out. Its keys are in brackets; " +
            "names, keys and formats are those of the .NET SDK.");
        Line(page, "- **store**: the files in your data folder.");
        Line(page, "- **OTLP**: the endpoint that you set; nothing is sent without one.");
        Paragraph(page, "- **preview**: the output of `-p:ContainersTelemetryPreview=true`.");
    }

    private static void AppendKinds(StringBuilder page)
    {
        Paragraph(page, "## Kinds of values");
        Line(page, "| Kind | Allowed values |");
        Line(page, "| --- | --- |");
        foreach (FieldKind kind in Enum.GetValues<FieldKind>())
        {
            Line(page, $"| {FieldKindText.NameOf(kind)} | {FieldKindText.RuleOf(kind)} |");
        }

        Line(page);
    }

    private static void AppendGroup(StringBuilder page, FieldGroup group)
    {
        Paragraph(page, "## " + group.Title);
        Paragraph(page, group.Summary);
        Line(page, "| Field | Meaning | Kind | Unit | Example | OpenTelemetry | Channels | Since |");
        Line(page, "| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (EventField field in group.Fields)
        {
            string[] cells =
            [
                field.Name, field.Description, FieldKindText.NameOf(field.Kind), field.Unit ?? "", Code(field.Example),
                PlaceInOtlp(field), Channels(field), field.Since,
            ];
            Line(page, "| " + string.Join(" | ", cells) + " |");
        }

        Line(page);
        bool hasChoices = false;
        foreach (EventField field in group.Fields.Where(field => field.AllowedValues.Length > 0))
        {
            Line(page, $"- {field.Name}: {string.Join(", ", field.AllowedValues.Select((value, i) => Choice(field, value, i)))}");
            hasChoices = true;
        }

        if (hasChoices)
        {
            Line(page);
        }
    }

    private static void AppendDimensions(StringBuilder page)
    {
        Paragraph(page, "## Dimensions");
        Paragraph(page, "Words that an organization adds to its own events. Never in the SDK's channel; in the store and in OTLP only.");
        Line(page, $"- Name: a lower-case letter, then lower-case letters, digits and underscores; at most {Dimensions.MaxNameLength} characters.");
        Line(page, $"- Value: letters, digits, dots, underscores and hyphens; at most {Dimensions.MaxValueLength} characters.");
        Line(page, $"- At most {Dimensions.MaxCount} for an event. OpenTelemetry attribute: `{OtlpFormat.DimensionPrefix}<name>`.");
    }

    private static void AppendMetrics(StringBuilder page)
    {
        Line(page);
        Paragraph(page, "## Metrics");
        Paragraph(
            page,
            "Only sent, never stored, and only if `OTEL_METRICS_EXPORTER` lists `otlp` or `ContainersTelemetryMetrics` is `true`. " +
            "Delta temporality; the resource holds `service.name`, `service.version`, `telemetry.sdk.*` " +
            "and the attributes that you add, and no identifier.");
        Line(page, "| Metric | Type | Unit | What it measures | Maximum series |");
        Line(page, "| --- | --- | --- | --- | --- |");
        foreach (MetricDefinition metric in PublishMetrics.All)
        {
            Line(page, $"| {Code(metric.Name)} | {metric.Type} | {Code(metric.Unit)} | {metric.Description} | {PublishMetrics.MostSeries} |");
        }

        Line(page);
        string labels = string.Join(", ", PublishMetrics.Labels.Select(label => Code(label.Attribute)));
        Line(
            page,
            $"- Labels of both: {labels}. " +
            "The maximum is that of all combinations of values; a team has as many series as it has ways to publish and to fail.");
        Line(page, $"- Buckets of the histogram end at {string.Join(", ", PublishMetrics.DurationBounds)} seconds.");
    }

    private static void AppendOthers(StringBuilder page)
    {
        Line(page);
        Paragraph(page, "## Beside the fields");
        Line(
            page,
            $"- The name of the event: {Names(EventNames.IsOfSdk)}. " +
            $"A log record has it as the attribute {Code(OtlpFormat.SdkEventNameAttribute)}, and as `eventName` the name in brackets.");
        string usageFields = string.Join(", ", UsageFields.Select(field => field.Name));
        Line(
            page,
            $"- Events that targets of other packages log, never in the SDK's channel: {Names(name => !EventNames.IsOfSdk(name))}. " +
            $"They have the fields {usageFields}, those of identity and surroundings, and dimensions.");
        Line(
            page,
            "- In the store and in OTLP: the identifiers and flags of the trace that the publish belongs to, " +
            "which come from `TRACEPARENT` if it is valid; " +
            "the constants `service.name`, `schemaUrl` and `containers_telemetry.min_reader_version`.");
        Line(
            page,
            "- In OTLP only: a body for each log record, a sentence of values of its fields, " +
            "such as `container publish failed: credential_failure, push, MCR to Azure`.");
        Line(
            page,
            "- In OTLP only, under the names that tools expect: PublishId as `service.instance.id` and `cicd.pipeline.task.run.id`; " +
            "PackageVersion as `telemetry.sdk.version` and the version of the scope; the constants `telemetry.sdk.name`, " +
            "`telemetry.sdk.language`, `cicd.pipeline.task.name` (`PublishContainer`) and `cicd.pipeline.task.type` (`build`).");
        Line(
            page,
            "- In OTLP only, and only if you set them: `OTEL_RESOURCE_ATTRIBUTES` and `OTEL_SERVICE_NAME` as attributes of the resource; " +
            "`TRACESTATE` in the span.");
    }

    private static string Names(Func<string, bool> isMeant) =>
        string.Join(", ", EventNames.All.Where(isMeant).Select(name => $"{Code(name)} ({Code(EventNames.ToOpenTelemetry(name))})"));

    private static string PlaceInOtlp(EventField field)
    {
        if (ReferenceEquals(field, DetailFields.Time))
        {
            return "`timeUnixNano` of the record";
        }

        string own = field.OwnAttribute is { } attribute ? $"; {Code(attribute)} for {string.Join(", ", field.OwnAttributeValues)}" : "";
        return Code(field.Attribute) + own + (ReferenceEquals(field, DetailFields.SchemaVersion) ? " of the scope" : "");
    }

    private static string Channels(EventField field) => (field.SdkKey is { } key ? $"SDK ({Code(key)}), " : "") + "store, OTLP, preview";

    private static string Choice(EventField field, string value, int index)
    {
        string inSdk = field.SdkValues.Length == 0 ? value : field.SdkValues[index];
        string attribute = field.AttributeValues.Length == 0 ? value : field.AttributeValues[index];
        string[] others =
        [
            .. inSdk == value ? (string[])[] : [$"SDK: {Code(inSdk)}"],
            .. attribute == value ? (string[])[] : [attribute.Length == 0 ? "no attribute" : $"attribute: {Code(attribute)}"],
        ];
        return others.Length == 0 ? Code(value) : $"{Code(value)} ({string.Join(", ", others)})";
    }

    private static string Code(string text) => "`" + text + "`";

    private static void Paragraph(StringBuilder page, string text) => Line(page, text + "\n");

    private static void Line(StringBuilder page, string text = "") => page.Append(CultureInfo.InvariantCulture, $"{text}\n");
}

/// <summary>Fields that are described together.</summary>
/// <param name="Summary">What the fields have in common and which events have them, in a sentence or two.</param>
public sealed record FieldGroup(string Title, string Summary, IReadOnlyList<EventField> Fields)
{
    /// <summary>All groups. Together they hold every field of the schema once.</summary>
    public static IReadOnlyList<FieldGroup> All { get; } =
    [
        new("Base image", "How the base image was chosen. In the event `sdk/container/inference`.", InferenceFields.All),
        new(
            "Outcome",
            "Where the image came from, where it went, and why it did not get there. " +
            "In the events `sdk/container/publish/success` and `sdk/container/publish/error`.",
            OutcomeFields.All),
        new("Details", "Fields that only your own sinks get.", DetailFields.All),
        new("Identity", "Who published, and what, as pseudonyms. Never in the SDK's channel.", IdentityFields.All),
        new("Surroundings", "Where the publish ran. Never in the SDK's channel. In OTLP these are attributes of the resource.", SurroundingsFields.All),
    ];
}

/// <summary>Names a kind of field and its allowed values.</summary>
public static class FieldKindText
{
    /// <summary>Returns the name of a kind as a reader would say it.</summary>
    public static string NameOf(FieldKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString()).Replace('-', ' ');

    /// <summary>Returns what a kind allows, in one sentence.</summary>
    public static string RuleOf(FieldKind kind) => kind switch
    {
        FieldKind.Flag => "True or false.",
        FieldKind.Count => "A whole number, not negative. " +
            "Without a unit it is at most 999, which stands for all numbers above it; a higher exit code is left out.",
        FieldKind.Choice => "One of the values listed for the field.",
        FieldKind.Choices => "Any number of the values listed for the field.",
        FieldKind.Version => "Up to four numbers of at most eight digits, and a pre-release label of known words and numbers.",
        FieldKind.TargetFramework => "`net` and the two numbers of a target framework.",
        FieldKind.RuntimeIdentifier => "A runtime identifier of known parts; any other becomes `other`.",
        FieldKind.RuntimeIdentifiers => "Any number of runtime identifiers.",
        FieldKind.BaseImage => "The name of a base image that Microsoft publishes; any other is left out.",
        FieldKind.BaseImageTag => "A tag of the form that Microsoft publishes for that image; any other is left out.",
        FieldKind.ContainerFamily => "A ContainerFamily that Microsoft publishes; any other is left out.",
        FieldKind.DiagnosticCode => "`CONTAINER`, `MSB` or `NETSDK` and four digits; `CONTAINER` codes only if the SDK is known to have them.",
        FieldKind.Identifier => "A random identifier (UUID).",
        FieldKind.KeyedHash => "32 hexadecimal digits of a hash made with a secret key.",
        FieldKind.Timestamp => "A moment, UTC.",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
