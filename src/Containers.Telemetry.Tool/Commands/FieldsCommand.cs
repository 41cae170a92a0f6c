using System.CommandLine.Completions;
using Containers.Telemetry.Fleet.Reports;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Reports.Tables;
using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Fleets;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Commands;

internal sealed class FieldsCommand : StoreCommand
{
    private const int MostValuesInList = 6;

    private readonly Argument<string?> _field;
    private readonly Option<bool> _json;
    private readonly Option<string?> _source;

    public FieldsCommand(ToolContext context, Option<string?> store)
        : base(context, store, "fields", "Lists the fields and measures that report, show and export understand.")
    {
        _field = WithArgument(new Argument<string?>("FIELD") { Arity = ArgumentArity.ZeroOrOne, Description = "Explains one field" });
        _field.CompletionSources.Add(static _ => ReportField.All.Select(static field => new CompletionItem(field.Name)));
        _json = WithJson();
        _source = WithSource();
    }

    public override IReadOnlyList<string> Examples => ["fields", "fields Error", "fields --json"];

    protected override int Run(ParseResult arguments)
    {
        IReadOnlyList<string> dimensions = arguments.GetValue(_source) is { } address ? OfFleet(address) : DimensionNames.FindAll(SourcesOf(arguments));
        IReadOnlyList<ReportField> fields = arguments.GetValue(_field) is { } name
            ? [Find(name, dimensions)]
            : [.. dimensions.Select(ReportField.OfDimension), .. ReportField.All.Where(static field => field.CanGroup)];
        if (arguments.GetValue(_json))
        {
            WriteJson(fields);
        }
        else if (arguments.GetValue(_field) is not null)
        {
            Write(fields[0]);
        }
        else
        {
            Write(fields);
        }

        return ExitCodes.Done;
    }

    private IReadOnlyList<string> OfFleet(string address) => FleetSession.Ask(Context, address, FleetDimensions.Find);

    private static ReportField Find(string name, IReadOnlyList<string> dimensions)
    {
        if (ReportField.Find(name, dimensions) is { } field)
        {
            return field;
        }

        IReadOnlyList<string> nearest = NearestNames.Find(name, ReportField.All.Select(static one => one.Name).Concat(dimensions));
        var problem = new QueryProblem("", $"There is no field '{name}'.", nearest);
        throw ToolException.Usage($"{problem} See {ToolCommand.ProgramName} fields.");
    }

    private void Write(IReadOnlyList<ReportField> fields)
    {
        Terminal terminal = Context.Terminal;
        var list = new FieldList(terminal);
        foreach (ReportField field in fields)
        {
            string values = field.AllowedValues.Length is > 0 and <= MostValuesInList
                ? $" {string.Join(", ", field.AllowedValues)}."
                : $" Such as {field.Example}.";
            list.Add(field.Title, field.Description + values);
        }

        list.Write();
        terminal.WriteLine();
        new FieldList(terminal)
            .Add("Measures", string.Join(", ", Measure.Names))
            .Add("", "A field that is a number, P and 1 to 100 is a percentile of it: DurationP90.")
            .Add(
                "Filters",
                "Error=timeout,connection_lost   Duration>5s   ImageSize>=200MB   SdkVersion>=10.0.300   Time>=2026-11-01   " +
                "Day=yesterday   ContainerFamily=(none)")
            .Write();
    }

    private void Write(ReportField field)
    {
        FieldList list = new FieldList(Context.Terminal)
            .Add("Field", field.Title)
            .Add("Meaning", field.Description)
            .Add("Kind", KindOf(field))
            .Add("Example", field.CanGroup ? $"--where {field.Title}={field.Example}" : field.Example);
        if (field.AllowedValues.Length > 0)
        {
            list.Add("Values", string.Join(", ", field.AllowedValues));
        }

        if (field.Attribute.Length > 0)
        {
            list.Add("Attribute", field.Attribute);
        }

        list.Write();
    }

    private static string KindOf(ReportField field) =>
        field.Derived is not null ? "derived"
        : field.SchemaField is null ? "dimension"
        : JsonNamingPolicy.CamelCase.ConvertName(field.SchemaField.Kind.ToString()) + (field.SchemaField.Unit is { } unit ? $", {unit}" : "");

    private void WriteJson(IReadOnlyList<ReportField> fields) => JsonText.Write(Context.Terminal, writer =>
    {
        writer.WriteObjects("fields", fields, field =>
        {
            writer.WriteString("name", field.Name);
            writer.WriteString("kind", KindOf(field));
            writer.WriteString("description", field.Description);
            writer.WriteString("example", field.Example);
            writer.WriteTexts("values", field.AllowedValues);
        });
        writer.WriteTexts("measures", Measure.Names);
    });
}
