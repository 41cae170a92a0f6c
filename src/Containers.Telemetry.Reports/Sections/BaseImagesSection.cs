using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>Base images and tags, and whether the .NET in them is still supported.</summary>
internal sealed class BaseImagesSection() : ReportSection("base-images", InferenceFields.BaseImage, InferenceFields.BaseImageTag)
{
    private const string DotnetImages = "mcr.microsoft.com/dotnet/";

    public override Func<IReadOnlyList<ReportTable>> Plan(ReportContext context)
    {
        PublishSelection selection = context.Plan.Selection;
        Grouping grouping = context.Plan.Group(
            GroupKey.Of(ReportField.Of(InferenceFields.BaseImage), selection.Layout, TimeBucket.Day),
            GroupKey.Of(ReportField.Of(InferenceFields.BaseImageTag), selection.Layout, TimeBucket.Day));
        return () => [ToTable(grouping, selection.Count, context.Today)];
    }

    private ReportTable ToTable(Grouping grouping, long all, DateOnly today)
    {
        var table = new ReportTable(
            Id,
            "Base images",
            [.. grouping.Columns(), .. TallyColumns.OfGroup, .. SupportColumns.Columns],
            "Only base images that Microsoft publishes have a name here.");
        foreach (Group group in grouping.InOrder())
        {
            object?[] names = grouping.CellsOf(group);
            string? tag = names is [string image, string text] && image.StartsWith(DotnetImages, StringComparison.Ordinal) ? text : null;
            table.Add([.. names, .. TallyColumns.CellsOf(group.Tally, all), .. SupportColumns.CellsOf(tag, today)]);
        }

        return table;
    }
}
