using System.CommandLine;
using Containers.Telemetry.Reports.Publication;
using Containers.Telemetry.Reports.Rendering;
using Containers.Telemetry.Tool.Output;
using Containers.Telemetry.Tool.Reporting;

namespace Containers.Telemetry.Tool.Commands;

internal sealed class PublishDataCommand : StoreCommand
{
    private readonly Option<string> _quarter;
    private readonly Option<string> _output;
    private readonly Option<int> _threshold;

    public PublishDataCommand(ToolContext context, Option<string?> store)
        : base(context, store, "publish-data", "Makes an aggregate of a quarter that can be given away: no row tells of few users.")
    {
        _quarter = With(new Option<string>("--quarter") { Description = "The quarter, such as 2026Q4", HelpName = "QUARTER", Required = true });
        _output = With(new Option<string>("--output", "-o") { Description = "The file to write, of tab-separated values; - is the standard output", HelpName = "FILE", Required = true });
        _threshold = With(new Option<int>("--threshold")
        {
            DefaultValueFactory = static _ => PublishData.DefaultThreshold,
            Description = $"The least number of distinct users of a row ({PublishData.DefaultThreshold})",
            HelpName = "USERS",
        });
        _threshold.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out int users) && users > 0))
            {
                result.AddError("--threshold takes a number of users");
            }
        });
    }

    public override IReadOnlyList<string> Examples => ["publish-data --quarter 2026Q4 -o containers-2026Q4.tsv", "publish-data --store fleet/ --quarter 2026Q4 --threshold 20 -o fleet.tsv"];

    public override string MeaningOfNo => "there is nothing to give away, or some events could not be read";

    protected override int Run(ParseResult arguments)
    {
        string quarterText = arguments.GetRequiredValue(_quarter);
        if (!Quarter.TryParse(quarterText, out Quarter quarter))
        {
            throw ToolException.Usage("--quarter takes a year and a quarter, such as 2026Q4.");
        }

        string[] sources = SourcesOf(arguments);
        PublishDataResult result = new ReadingProgressBar(Context.Terminal).Show(progress =>
            PublishData.Run(sources, quarter, arguments.GetValue(_threshold), progress));
        new ReadingNotes(Context.Terminal).Write(result.Reading);

        string file = arguments.GetRequiredValue(_output);
        string place = file;
        Action<string> say = Context.Terminal.WriteLine;
        if (file == OutputFile.StandardOutput)
        {
            TsvRenderer.Write([result.Table], Context.Terminal.Out);
            place = "Standard output";
            say = Context.Terminal.WriteNote;
        }
        else
        {
            OutputFile.Write(Context.FullPath(file), file, output => ReportFormat.WriteText(output, writer => TsvRenderer.Write([result.Table], writer)));
        }

        say(
            $"{place}: {HumanFormat.Count(result.Table.Rows.Count, "row")} of {HumanFormat.Count(result.Publishes - result.Withheld, "publish", "publishes")} in {quarter}, each of at least {HumanFormat.Count(result.Threshold, "user")}.");
        say($"Of {HumanFormat.Count(result.Publishes, "publish", "publishes")}, {HumanFormat.Count(result.Merged)} are less exact than they were, and {HumanFormat.Count(result.Withheld)} are withheld.");
        return result.Table.Rows.Count > 0 && result.Reading.IsComplete ? ExitCodes.Done : ExitCodes.No;
    }
}
