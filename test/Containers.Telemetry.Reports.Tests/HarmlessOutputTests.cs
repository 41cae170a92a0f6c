using System.Globalization;
using System.Text;
using System.Text.Json;
using Containers.Telemetry.Output;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Reports.Rendering;
using Containers.Telemetry.Reports.Rows;
using Containers.Telemetry.Reports.Tables;
using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Reports.Tests;

/// <summary>No renderer writes harmful text, whatever the names of tables, their cells and the names of files contain.</summary>
[TestClass]
public sealed class HarmlessOutputTests
{
    private static readonly Config Cases = Config.QuickThrowOnFailure.WithMaxTest(1000);
    private static readonly string[] HtmlParts = ["<script", "</script", "<!--"];

    [TestMethod]
    public void No_cell_of_CSV_or_TSV_is_a_formula_in_any_spreadsheet() => ForAnyTable(static tables =>
    {
        foreach (string text in new[] { Written(CsvRenderer.Write, tables), Written(TsvRenderer.Write, tables) })
        {
            AssertPrintable(text);
            foreach (string cell in text.Split(',', ';', '|', '\t', '\n'))
            {
                string start = cell.TrimStart(' ', '"', '\u00A0', '\u3000');
                Assert.IsFalse(
                    start.Length > 0
                        && "=+-@\uFF1D\uFF0B\uFF0D\uFF20".Contains(start[0], StringComparison.Ordinal)
                        && !long.TryParse(start, CultureInfo.InvariantCulture, out _),
                    text);
            }
        }
    });

    [TestMethod]
    public void A_table_of_Markdown_has_its_rows_and_columns_and_no_markup() => ForAnyTable(static tables =>
    {
        string text = Written(MarkdownRenderer.Write, tables);

        AssertPrintable(text);
        Assert.DoesNotContain('<', text);
        string[] rows = [.. text.Split('\n').Where(static line => line.StartsWith("| ", StringComparison.Ordinal))];
        Assert.HasCount(tables.Sum(static table => table.Rows.Count + 2), rows);
        Assert.IsTrue(rows.All(static row => CountBars(row) == 3), text);
    });

    [TestMethod]
    public void JSON_is_printable_and_has_the_content_of_the_table() => ForAnyReport(static report =>
    {
        string text = Written(report, JsonRenderer.Write);

        AssertPrintable(text);
        JsonElement table = JsonDocument.Parse(text).RootElement.GetProperty("tables")[0];
        Assert.AreEqual(AsUtf8(report.Tables[0].Title), table.GetProperty("title").GetString());
    });

    [TestMethod]
    public void HTML_has_the_elements_of_its_template_alone()
    {
        using var store = new TestStore();
        int[] expected = CountElements(Written(store.Report(), HtmlRenderer.Write));

        ForAnyReport(
            report =>
            {
                string text = Written(report, HtmlRenderer.Write);
                CollectionAssert.AreEqual(expected, CountElements(text));
            },
            Cases.WithMaxTest(100));
    }

    private static int[] CountElements(string text) => Array.ConvertAll(HtmlParts, part => text.Split(part, StringSplitOptions.None).Length);

    private static void ForAnyTable(Action<ReportTable[]> check) =>
        Prop.ForAll(
            HostileTexts.Any, HostileTexts.Any, HostileTexts.Any, (id, title, cell) => check([Table(id, title, cell), Table(title, cell, id)])).Check(Cases);

    private static void ForAnyReport(Action<ReportResult> check, Config? cases = null)
    {
        using var store = new TestStore();
        ReportResult empty = store.Report();
        Prop.ForAll(HostileTexts.Any, HostileTexts.Any, HostileTexts.Any, (id, title, cell) => check(empty with
        {
            Tables = [Table(id, title, cell)],
            Rows = new PublishRows { Count = 0, Axes = [new RowAxis(id, [[cell, title]])], Numbers = [title], Columns = default },
            Reading = new ReadingStatistics { ForeignFiles = [cell], UnreadableFiles = [new UnreadableFile(id, title)] },
        })).Check(cases ?? Cases);
    }

    private static ReportTable Table(string id, string title, string cell)
    {
        // JSON would merge two columns of one name.
        var table = new ReportTable(id, title, [new(id + "1", title, ColumnKind.Text), new(id + "2", title, ColumnKind.Count)], cell);
        table.Add(cell, -2L);
        return table;
    }

    private static int CountBars(string row)
    {
        int bars = 0;
        for (int i = 0; i < row.Length; i++)
        {
            if (row[i] == '\\')
            {
                i++;
            }
            else if (row[i] == '|')
            {
                bars++;
            }
        }

        return bars;
    }

    // The remaining tabs separate the cells.
    private static void AssertPrintable(string text)
    {
        string cells = text.Replace('\t', ' ');
        Assert.AreEqual(HarmlessText.Lines(cells), cells);
    }

    private static string AsUtf8(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static string Written(Action<IReadOnlyList<ReportTable>, TextWriter> write, ReportTable[] tables)
    {
        using var output = new StringWriter { NewLine = "\n" };
        write(tables, output);
        return output.ToString();
    }

    private static string Written(ReportResult report, Action<ReportResult, Stream> write)
    {
        using var output = new MemoryStream();
        write(report, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
