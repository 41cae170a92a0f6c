using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Rendering;

/// <summary>The answer of a report, in sentences: the tables of the section <c>answer</c> for people.</summary>
public sealed class Answer
{
    /// <summary>The section that holds the tables, and the id of the first of them.</summary>
    public const string Section = "answer";

    /// <summary>The text if nothing is worse, or nothing better.</summary>
    public const string NoChange = "nothing beyond chance";

    /// <summary>The sentence in place of the changes if there is nothing to compare with.</summary>
    public const string NothingBefore = "There is no earlier period to compare with.";

    /// <summary>The most findings of a list that are named.</summary>
    public const int MostFindings = 3;

    private static readonly string[] Parts = [Section, "changes", "new-errors", "ended-support", "slowest"];

    private readonly Dictionary<string, ReportTable> _tables;

    private readonly long _publishes;

    private readonly long _running;

    private Answer(ReportResult report)
    {
        _tables = report.Tables.ToDictionary(static table => table.Id, StringComparer.Ordinal);
        _publishes = report.Publishes;
        _running = report.Running;
    }

    /// <summary>How many publishes succeeded, now and before, and whether chance explains the change.</summary>
    public string Rate
    {
        get
        {
            // Without --since the period is the last part of all that is stored.
            if (Number(0, "Publishes") == 0 && _publishes > 0)
            {
                return $"No publish ended in this period, {CellText.Format(ColumnKind.Count, _publishes)} did before it. Ask further back with --since.";
            }

            string rate = Text(0, "SuccessRate") is { Length: > 0 } known
                ? $"{known} of {CellText.Count(Finished(0), "publish", "publishes")} succeeded"
                : Number(0, "Publishes") > 0 ? $"{CellText.Count(Number(0, "Publishes"), "publish", "publishes")}, all canceled"
                : "No publish ended in this period";
            string verdict = Cell(0, "Verdict") switch
            {
                "worse" => ": worse",
                "better" => ": better",
                "chance" => ": no more than chance",
                _ => "",
            };
            return $"{rate}{(HasRateBefore ? $", {Text(1, "SuccessRate")} of {CellText.Format(ColumnKind.Count, Finished(1))} before" : "")}{verdict}.";
        }
    }

    /// <summary>The period, and the one before if it has publishes; days in UTC.</summary>
    public string Period => $"{Day(0, "From")} to {Day(0, "To")}{(HasRateBefore ? $", before from {Day(1, "From")}" : "")} (UTC)";

    /// <summary>The number of projects, how many of them are new, and the publishes that <see cref="Rate"/> leaves out: canceled or never ended.</summary>
    public string Projects
    {
        get
        {
            string canceled = Number(0, "Canceled") > 0 ? $", {Text(0, "Canceled")} canceled" : "";
            string unfinished = Number(0, "Unfinished") > 0 ? $", {Text(0, "Unfinished")} unfinished" : "";
            string running = _running > 0 ? $", {CellText.Format(ColumnKind.Count, _running)} running" : "";
            string added = Number(0, "NewProjects") > 0 ? $" ({Text(0, "NewProjects")} new)" : "";
            return CellText.Count(Number(0, "Projects"), "project", "projects") + added + canceled + unfinished + running;
        }
    }

    /// <summary>The changes for the worse: for each a filter, and the rest of the sentence about it.</summary>
    public IReadOnlyList<(string Where, string What)> Worse => Changes("worse");

    /// <summary>The changes for the better.</summary>
    public IReadOnlyList<(string Where, string What)> Better => Changes("better");

    /// <summary>Whether there are earlier publishes to compare with.</summary>
    public bool HasBefore => Number(1, "Publishes") > 0;

    /// <summary>Further lists: a title, the findings, and the text if there are none.</summary>
    public IReadOnlyList<(string Title, IReadOnlyList<string> Findings, string None)> Lists =>
    [
        (_tables["new-errors"].Title, Named("new-errors", static (_, row) => $"{row[0]} ({CellText.Format(ColumnKind.Count, row[1])})"), "none"),
        (
            "Past support",
            Named("ended-support", static (_, row) => $"{ImageOf(row)} ({CellText.Count((long)row[4]!, "project", "projects")})"),
            "no base image"),
        ("Slowest, p95", Named("slowest", SlowOf), "too few publishes to say"),
    ];

    private bool HasRateBefore => Text(1, "SuccessRate").Length > 0;

    /// <summary>Joins the first findings, with the number of the others.</summary>
    public static string Join(IReadOnlyList<string> findings, int most) =>
        string.Join(", ", findings.Take(most)) + (findings.Count > most ? $", {CellText.Format(ColumnKind.Count, findings.Count - (long)most)} more" : "");

    /// <summary>Reads the answer of a report; null for one without the tables of that section.</summary>
    public static Answer? Of(ReportResult report) => Array.TrueForAll(Parts, id => report.Tables.Any(table => table.Id == id)) ? new Answer(report) : null;

    private static string ImageOf(object?[] row)
    {
        string image = (string)row[0]!;
        return $"{(image.StartsWith(DerivedFields.DotnetImages, StringComparison.Ordinal) ? image[DerivedFields.DotnetImages.Length..] : image)}:{row[1]}";
    }

    private static string SlowOf(ReportTable table, object?[] row) =>
        $"{row[0]} {Text(table, row, 3)}{(row[4] is null ? "" : $" ({Text(table, row, 4)} before)")}";

    private static string Text(ReportTable table, object?[] row, int column) => CellText.Format(table.Columns[column].Kind, row[column]);

    private (string Where, string What)[] Changes(string verdict)
    {
        ReportTable changes = _tables["changes"];
        return [.. changes.Rows.Where(row => row[0] is string found && found == verdict).Select(row => ((string)row[1]!, WhatOf(row)))];

        string WhatOf(object?[] row)
        {
            string days = row[7] is null ? ""
                : row[7]!.Equals(row[8]) ? $", most on {Text(changes, row, 7)}"
                : $", most {Text(changes, row, 7)} to {Text(changes, row, 8)}";
            return $"{Text(changes, row, 2)} of {CellText.Count((long)row[3]!, "publish", "publishes")} failed this way, {Text(changes, row, 4)} expected{days}";
        }
    }

    private string[] Named(string id, Func<ReportTable, object?[], string> name) => [.. _tables[id].Rows.Select(row => name(_tables[id], row))];

    /// <summary>The publishes that the success rate is about: it leaves cancellations out.</summary>
    private long Finished(int row) => Number(row, "Publishes") - Number(row, "Canceled");

    private long Number(int row, string column) => (long)Cell(row, column)!;

    private object? Cell(int row, string column) => _tables[Section].Rows[row][IndexOf(column)];

    private string Text(int row, string column) => Text(_tables[Section], _tables[Section].Rows[row], IndexOf(column));

    // A moment; the day is its beginning.
    private string Day(int row, string column) => Text(row, column)[.."2026-11-20".Length];

    private int IndexOf(string column) => _tables[Section].Columns.ToList().FindIndex(one => one.Id == column);
}
