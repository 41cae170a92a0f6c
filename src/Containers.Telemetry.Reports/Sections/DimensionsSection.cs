using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>One table for each dimension that an organization declared.</summary>
internal sealed class DimensionsSection() : ReportSection("dimensions", DetailFields.Duration)
{
    public override IEnumerable<ReportTable> Build(ReportContext context) => context.Dimensions.Select(dimension => TableEngine.Fill(
        new TableSpec
        {
            Id = dimension.Name.Replace('.', '-'),
            Title = "Publishes by " + dimension.Title,
            Dimensions = [dimension],
            Measures = [.. Measure.OfGroup, Measure.Percentile(DetailFields.Duration, 50), Measure.Percentile(DetailFields.Duration, 95)],
        },
        context));
}
