using Containers.Telemetry.Output;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Rendering;

/// <summary>Writes a report as one JSON object, for programs. While <c>version</c> stays the same, names are added and none changes.</summary>
/// <remarks>
/// <code>
/// {
///   "version": 1,
///   "generated": "2026-11-21T09:30:00Z",
///   "query":   { "since": null, "until": null, "by": ["SdkVersion"], "where": ["Outcome=error"], "sections": [] },
///   "period":  { "from": "…", "to": "…" },
///   "publishes": 3, "unfinished": 0, "running": 0, "fromTheFuture": 0,
///   "tables": [ {
///     "id": "by", "title": "…", "note": "…" or null,
///     "columns": [ { "id": "SdkVersion", "title": "…", "kind": "text|count|percent|points|bytes|duration|date|time" } ],
///     "rows": [ { "SdkVersion": "10.0.401", "Publishes": 3, "Share": 0.75 } ]
///   } ],
///   "reading": { "files": 1, "bytes": 1, "lines": 1, … "firstUnreadable": [ { "file": "…", "line": 1, "problem": "corrupt" } ] }
/// }
/// </code>
/// A query that groups publishes also has "measures", "sort", "limit", "min" and "compare", and one about own events "ownEvents": true.
/// Times are RFC 3339 in UTC, dates <c>2026-11-21</c>, percents and points fractions (0.25), sizes bytes, durations milliseconds. A cell without a
/// value is null.
/// </remarks>
public static class JsonRenderer
{
    public const int Version = 1;

    /// <summary>Writes a report and a line feed.</summary>
    public static void Write(ReportResult report, Stream output)
    {
        using (var writer = new Utf8JsonWriter(output, HarmlessText.IndentedJson))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", Version);
            writer.WriteString("generated", report.Generated.UtcDateTime);
            WriteQuery(writer, report.Query);
            writer.WriteStartObject("period");
            writer.WriteString("from", report.Period.From.UtcDateTime);
            writer.WriteString("to", report.Period.To.UtcDateTime);
            writer.WriteEndObject();
            writer.WriteNumber("publishes", report.Publishes);
            writer.WriteNumber("unfinished", report.Unfinished);
            writer.WriteNumber("running", report.Running);
            writer.WriteNumber("fromTheFuture", report.FromTheFuture);
            writer.WriteStartArray("tables");
            foreach (ReportTable table in report.Tables)
            {
                WriteTable(writer, table);
            }

            writer.WriteEndArray();
            WriteReading(writer, report.Reading);
            writer.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteQuery(Utf8JsonWriter writer, ReportQuery query)
    {
        writer.WriteStartObject("query");
        writer.WriteMoment("since", query.Since);
        writer.WriteMoment("until", query.Until);
        writer.WriteTexts("by", query.By.Select(static field => field.Name));
        writer.WriteTexts(
            "where",
            query.Where is AllOf all ? all.Parts.Select(static filter => filter.ToString()) : query.Where is { } filter ? [filter.ToString()] : []);
        writer.WriteTexts("sections", query.Sections);
        if (query.Subject is ReportSubject.OwnEvents)
        {
            writer.WriteBoolean("ownEvents", true);
        }

        if (query.IsGrouped)
        {
            writer.WriteTexts("measures", query.Measures.Select(static measure => measure.Column.Id));
            writer.WriteString("sort", query.Sort?.ToString());
            writer.WritePropertyName("limit");
            WriteCell(writer, (long?)query.Limit);
            writer.WriteNumber("min", query.Minimum);
            writer.WriteString("compare", query.Compare?.ToString());
        }

        writer.WriteEndObject();
    }

    private static void WriteTable(Utf8JsonWriter writer, ReportTable table)
    {
        writer.WriteStartObject();
        writer.WriteString("id", table.Id);
        writer.WriteString("title", table.Title);
        writer.WriteString("note", table.Note);
        writer.WriteObjects("columns", table.Columns, column =>
        {
            writer.WriteString("id", column.Id);
            writer.WriteString("title", column.Title);
            writer.WriteString("kind", column.Kind.ToString().ToLowerInvariant());
        });
        writer.WriteObjects("rows", table.Rows, row =>
        {
            for (int i = 0; i < row.Length; i++)
            {
                writer.WritePropertyName(table.Columns[i].Id);
                WriteCell(writer, row[i]);
            }
        });
        writer.WriteEndObject();
    }

    private static void WriteCell(Utf8JsonWriter writer, object? cell)
    {
        switch (cell)
        {
            case null:
                writer.WriteNullValue();
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double fraction:
                writer.WriteNumberValue(fraction);
                break;
            default:
                writer.WriteStringValue(CellText.ForPrograms(cell));
                break;
        }
    }

    private static void WriteReading(Utf8JsonWriter writer, ReadingStatistics reading)
    {
        writer.WriteStartObject("reading");
        writer.WriteBoolean("complete", reading.IsComplete);
        writer.WriteNumber("files", reading.Files);
        writer.WriteNumber("bytes", reading.Bytes);
        writer.WriteNumber("lines", reading.Lines);
        writer.WriteNumber("events", reading.Events);
        writer.WriteNumber("foreignRecords", reading.ForeignRecords);
        writer.WriteNumber("usageEvents", reading.UsageEvents);
        writer.WriteNumber("duplicates", reading.Duplicates);
        writer.WriteNumber("incomplete", reading.Incomplete);
        writer.WriteNumber("newer", reading.Newer);
        writer.WriteNumber("neededReaderVersion", reading.NeededReaderVersion);
        writer.WriteNumber("overLimit", reading.OverLimit);
        writer.WriteNumber("corrupt", reading.Corrupt);
        writer.WriteNumber("otherJson", reading.OtherJson);
        writer.WriteNumber("otherSignals", reading.OtherSignals);
        writer.WriteNumber("tooLong", reading.TooLong);
        writer.WriteNumber("invalidUtf8", reading.InvalidUtf8);
        writer.WriteNumber("tornTails", reading.TornTails);
        writer.WriteObjects("firstUnreadable", reading.FirstUnreadable, line =>
        {
            writer.WriteString("file", line.File);
            writer.WriteNumber("line", line.Line);
            writer.WriteString("problem", JsonNamingPolicy.CamelCase.ConvertName(line.Problem.ToString()));
        });
        writer.WriteTexts("foreignFiles", reading.ForeignFiles);
        writer.WriteObjects("unreadableFiles", reading.UnreadableFiles, file =>
        {
            writer.WriteString("path", file.Path);
            writer.WriteString("message", file.Message);
        });
        writer.WriteEndObject();
    }
}
