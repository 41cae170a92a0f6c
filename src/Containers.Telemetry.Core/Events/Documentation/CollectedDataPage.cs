using System.Globalization;
using System.Text;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Otlp;

namespace Containers.Telemetry.Events.Documentation;

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
        AppendOthers(page);
        return page.ToString();
    }

    private static void AppendIntroduction(StringBuilder page)
    {
        Line(page, "# Collected data");
        Line(page);
        Line(page, "<!-- Generated from the schema in src/Containers.Telemetry.Core/Events/Schema. CONTRIBUTING.md says how to write it anew. -->");
        Line(page);
        Line(page, "Everything that can ever be written, field by field. What is not on this page is not collected.");
        Line(page, "No field takes free text: a value that the kind of its field does not allow is left out, whatever a project or an environment holds.");
        Line(page);
        Line(page, $"Version of the schema: {EventSchema.Version}. Fields: {EventSchema.Fields.Count}.");
        Line(page);
        Line(page, "Channels:");
        Line(page);
        Line(page, "- **SDK**: MSBuild's telemetry, which the dotnet CLI forwards under its own opt-out. The key there stands in brackets; names, keys and formats are those of the .NET SDK.");
        Line(page, "- **store**: the files in your data folder.");
        Line(page, "- **OTLP**: what is sent to the endpoint that you set; nothing is sent without one.");
        Line(page, "- **preview**: what `-p:ContainersTelemetryPreview=true` prints.");
        Line(page);
    }

    private static void AppendKinds(StringBuilder page)
    {
        Line(page, "## Kinds of values");
        Line(page);
        Line(page, "| Kind | What it allows |");
        Line(page, "| --- | --- |");
        foreach (FieldKind kind in Enum.GetValues<FieldKind>())
        {
            Line(page, $"| {FieldKindText.NameOf(kind)} | {FieldKindText.RuleOf(kind)} |");
        }

        Line(page);
    }

    private static void AppendGroup(StringBuilder page, FieldGroup group)
    {
        Line(page, "## " + group.Title);
        Line(page);
        Line(page, group.Summary);
        Line(page);
        Line(page, "| Field | Meaning | Kind | Unit | Example | OpenTelemetry | Channels | Since |");
        Line(page, "| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (EventField field in group.Fields)
        {
            string[] cells =
            [
                field.Name, field.Description, FieldKindText.NameOf(field.Kind), field.Unit ?? "", Code(field.Example), PlaceInOtlp(field), Channels(field), field.Since,
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
        Line(page, "## Dimensions");
        Line(page);
        Line(page, "What an organization adds to its own events. Never in the SDK's channel; in the store and in OTLP only.");
        Line(page);
        Line(page, $"- Name: a lower-case letter, then lower-case letters, digits and underscores; at most {Dimensions.MaxNameLength} characters.");
        Line(page, $"- Value: letters, digits, dots, underscores and hyphens; at most {Dimensions.MaxValueLength} characters.");
        Line(page, $"- At most {Dimensions.MaxCount} for an event. OpenTelemetry attribute: `{OtlpFormat.DimensionPrefix}<name>`.");
    }

    private static void AppendOthers(StringBuilder page)
    {
        Line(page);
        Line(page, "## Beside the fields");
        Line(page);
        Line(page, $"- The name of the event, in every channel: {Names(name => name.StartsWith(EventNames.Prefix, StringComparison.Ordinal))}.");
        Line(page, $"- What targets of other packages log, never in the SDK's channel: {Names(name => !name.StartsWith(EventNames.Prefix, StringComparison.Ordinal))}. Of the fields these events have {string.Join(", ", UsageFields.Select(field => field.Name))}, those of identity and surroundings, and dimensions.");
        Line(page, "- In the store and in OTLP: the identifiers and flags of the trace that the publish belongs to, which come from `TRACEPARENT` if it is valid.");
        Line(page, "- In OTLP only: a body for each log record, a sentence of values of its fields, such as `container publish failed: credential_failure, push, MCR to Azure`.");
        Line(page, "- In OTLP only, and only if you set them: `OTEL_RESOURCE_ATTRIBUTES` and `OTEL_SERVICE_NAME` as attributes of the resource; `TRACESTATE` in the span.");
    }

    private static string Names(Func<string, bool> isMeant) => string.Join(", ", EventNames.All.Where(isMeant).Select(Code));

    private static string PlaceInOtlp(EventField field)
    {
        if (ReferenceEquals(field, DetailFields.Time))
        {
            return "`timeUnixNano` of the record";
        }

        return ReferenceEquals(field, DetailFields.SchemaVersion) ? "`version` of the scope" : Code(field.Attribute);
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

    private static void Line(StringBuilder page, string text = "") => page.Append(CultureInfo.InvariantCulture, $"{text}\n");
}
