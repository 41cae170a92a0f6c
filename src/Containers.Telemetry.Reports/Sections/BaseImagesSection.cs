using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>Base images and tags, and whether the .NET in them is still supported.</summary>
internal sealed class BaseImagesSection() : ReportSection("base-images", InferenceFields.BaseImage, InferenceFields.BaseImageTag)
{
    private const string DotnetImages = "mcr.microsoft.com/dotnet/";

    public override IEnumerable<ReportTable> Build(ReportContext context)
    {
        PublishSelection selection = context.Selection;
        Grouping grouping = Grouping.Of(
            selection,
            GroupKey.Of(ReportField.Of(InferenceFields.BaseImage), selection.Layout, TimeBucket.Day),
            GroupKey.Of(ReportField.Of(InferenceFields.BaseImageTag), selection.Layout, TimeBucket.Day));
        var table = new ReportTable(
            Id,
            "Base images",
            [.. grouping.Columns(), .. TallyColumns.OfGroup, .. SupportColumns.Columns],
            "Only base images that Microsoft publishes have a name here.");
        foreach (Group group in grouping.InOrder())
        {
            object?[] names = grouping.CellsOf(group);
            string? tag = names is [string image, string text] && image.StartsWith(DotnetImages, StringComparison.Ordinal) ? text : null;
            table.Add([.. names, .. TallyColumns.CellsOf(group.Tally, selection.Count), .. SupportColumns.CellsOf(tag, context.Today)]);
        }

        return [table];
    }
}
