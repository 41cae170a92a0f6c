using Spectre.Console;

namespace Containers.Telemetry.Quickstart;

/// <summary>Shows comparisons side by side.</summary>
internal sealed class ResultTable
{
    private readonly string _arrow;
    private readonly string _right;
    private readonly string _wrong;

    /// <param name="unicode">Whether the terminal supports Unicode.</param>
    public ResultTable(bool unicode) => (_arrow, _right, _wrong) = unicode ? ("→", "✓", "✗") : ("->", "+", "x");

    public Table Render(IEnumerable<PublishComparison> comparisons)
    {
        // A kind of error is one word, and longer than its column would be on a terminal of 80 columns.
        var table = new Table().ShowRowSeparators().AddColumns(
            new TableColumn("Publish"),
            new TableColumn("What happened"),
            new TableColumn("SDK alone reported").NoWrap(),
            new TableColumn("Containers.Telemetry").NoWrap());
        foreach (var comparison in comparisons)
        {
            table.AddRow(
                Markup.Escape(comparison.Publish.Name),
                Markup.Escape(DescribeFacts(comparison)),
                DescribeReport(comparison.SdkAlone),
                DescribeReport(comparison.WithPackage));
        }

        return table;
    }

    private static string DescribeFacts(PublishComparison comparison)
    {
        string facts = DescribeFacts(comparison.WithPackage);
        string without = DescribeFacts(comparison.SdkAlone);
        return facts == without ? facts : $"off: {without}\non: {facts}";
    }

    private static string DescribeFacts(PublishReport report)
    {
        string place = report.Publish.Registry is null ? "archive" : "registry";
        string images = report.Images switch
        {
            0 => $"no image in {place}",
            1 => $"image in {place}",
            _ => $"index of {report.Images} images in {place}",
        };
        return $"exit code {report.ExitCode}\n{images}";
    }

    private string DescribeReport(PublishReport report)
    {
        string mark = report.IsTrue ? $"[green]{_right}[/]" : $"[red]{_wrong}[/]";
        var outcomes = report.Outcomes.CountBy(Describe).Select(group => group.Value == 1 ? group.Key : $"{group.Value} x {group.Key}");
        return $"{mark} {Markup.Escape(report.Outcomes.Count == 0 ? "nothing" : string.Join("\n  ", outcomes))}";
    }

    private string Describe(Outcome outcome)
    {
        string registries = string.Join(_arrow, new[] { outcome.Pull, outcome.Push }.OfType<string>());
        string[] lines = [outcome.Name, outcome.Error ?? "", $"{outcome.Direction} {registries}".Trim()];
        return string.Join("\n  ", lines.Where(line => line.Length > 0));
    }
}
