using System.CommandLine.Parsing;
using Containers.Telemetry.Fleet.Reports;
using Containers.Telemetry.Reports.Datasets;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Fleets;
using Containers.Telemetry.Tool.Output;
using Containers.Telemetry.Tool.Reporting;

namespace Containers.Telemetry.Tool.Commands;

internal sealed class ExportDatasetCommand : StoreCommand
{
    private readonly Option<string> _quarter;
    private readonly Option<string> _output;
    private readonly Option<double> _epsilon;
    private readonly Option<double> _delta;
    private readonly Option<bool> _includeUnfinished;
    private readonly Option<bool> _json;
    private readonly Option<string?> _source;

    public ExportDatasetCommand(ToolContext context, Option<string?> store)
        : base(context, store, "export-dataset", "Makes a dataset of a quarter that you can share: it hides whether any one user is in it.")
    {
        Aliases.Add("publish-data");
        _quarter = With(new Option<string>("--quarter") { Description = "The quarter, such as 2026Q3", HelpName = "QUARTER", Required = true });
        _output = With(new Option<string>("--output", "-o")
        {
            Description = "The file to write, of tab-separated values; - is the standard output",
            HelpName = "FILE",
            Required = true,
        });
        _epsilon = With(Number(
            "--epsilon",
            "How much it may reveal about a user: less is more private and less accurate",
            PrivacyBudget.Default.Epsilon,
            PrivacyBudget.MinEpsilon,
            PrivacyBudget.MaxEpsilon));
        _delta = With(Number("--delta", "The probability that it reveals more", PrivacyBudget.Default.Delta, PrivacyBudget.MinDelta, PrivacyBudget.MaxDelta));
        _includeUnfinished = With(new Option<bool>("--include-unfinished")
        {
            Description = "Accepts a quarter that has not ended; each row of the file says so",
        });
        _json = With(new Option<bool>("--json") { Description = "Writes JSON, with epsilon, delta and noise" });
        _source = WithSource(usesStore: true);
    }

    public override IReadOnlyList<string> Examples =>
        [
            "export-dataset --quarter 2026Q3 -o containers-2026Q3.tsv",
            "export-dataset --store all/ --quarter 2026Q3 --epsilon 0.5 -o all.tsv",
            "export-dataset --source clickhouse://ch.contoso.example/telemetry --quarter 2026Q3 -o fleet.tsv",
        ];

    public override string MeaningOfNo => "no row has enough users, so there is no file, or some events could not be read";

    protected override int Run(ParseResult arguments) => arguments.GetValue(_source) is { } address ? OfFleet(arguments, address) : OfStore(arguments);

    private int OfStore(ParseResult arguments)
    {
        DatasetExport export = ExportOf(arguments);
        string[] sources = SourcesOf(arguments);
        return export.Run((secret, isUnfinished) =>
        {
            var maker = new DatasetMaker(secret);
            DatasetDraft draft = new ProgressBar(Context.Terminal)
                .ShowBytes("Reading", progress => maker.Make(sources, export.Quarter, isUnfinished, export.Budget, progress));
            return draft.Reading.OverLimit == 0
                ? draft
                : throw ToolException.Failure(
                    "The store has more publishes than fit into memory, and a part of them makes no dataset. Use a store of this quarter alone.");
        });
    }

    private int OfFleet(ParseResult arguments, string address) => FleetSession.Ask(Context, address, connection =>
    {
        DatasetExport export = ExportOf(arguments, FleetSession.KeyOf(connection) + "-");
        return export.Run((secret, isUnfinished) => FleetDataset.Make(connection, secret, export.Quarter, isUnfinished, export.Budget));
    });

    private DatasetExport ExportOf(ParseResult arguments, string of = "") => new(Context, DataOf(arguments), of)
    {
        Quarter = QuarterOf(arguments.GetRequiredValue(_quarter)),
        Budget = new PrivacyBudget(arguments.GetValue(_epsilon), arguments.GetValue(_delta)),
        IncludesUnfinished = arguments.GetValue(_includeUnfinished),
        Output = arguments.GetRequiredValue(_output),
        IsJson = arguments.GetValue(_json),
    };

    private static Quarter QuarterOf(string text) =>
        Quarter.TryParse(text, out Quarter quarter) ? quarter : throw ToolException.Usage("--quarter takes a year and a quarter, such as 2026Q3.");

    private static Option<double> Number(string name, string meaning, double value, double least, double most)
    {
        string range = string.Create(CultureInfo.InvariantCulture, $"{name} takes a number from {least} to {most}");
        return new Option<double>(name)
        {
            CustomParser = result => Parse(result, range, least, most),
            DefaultValueFactory = _ => value,
            Description = string.Create(CultureInfo.InvariantCulture, $"{meaning} ({value})"),
            HelpName = "NUMBER",
        };
    }

    private static double Parse(ArgumentResult result, string range, double least, double most)
    {
        if (double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= least && number <= most)
        {
            return number;
        }

        result.AddError(range);
        return 0;
    }
}
