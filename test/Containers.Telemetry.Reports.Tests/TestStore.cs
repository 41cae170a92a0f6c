using System.Globalization;
using System.Text;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Tests;

/// <summary>A folder of event files for a test.</summary>
internal sealed class TestStore : IDisposable
{
    /// <summary>The current time for all reports.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private int _files;

    public string Folder { get; } = Directory.CreateTempSubdirectory("containers-telemetry-reports-").FullName;

    public string Write(params string[] lines) => WriteBytes(Encoding.UTF8.GetBytes(string.Concat(lines.Select(static line => line + "\n"))));

    public string WriteBytes(byte[] content, string extension = ".jsonl")
    {
        string path = Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{++_files:000}{extension}"));
        File.WriteAllBytes(path, content);
        return path;
    }

    public ReportResult Report(ReportQueryText? text = null)
    {
        IReadOnlyList<QueryProblem> problems = ReportQuery.Parse(text ?? new ReportQueryText(), Now, out ReportQuery query);
        Assert.IsEmpty(problems);
        return Reports.Report.Run([Folder], query, null, Now);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Makes the line of an event.</summary>
    public static string Line(string name, int publish, int eventNumber, Action<ContainerEvent>? set = null, DateTimeOffset? time = null)
    {
        var made = new ContainerEvent(name);
        made.Set(DetailFields.Time, time ?? Now.AddHours(-1));
        set?.Invoke(made);
        made.Set(DetailFields.EventId, Id(0xE, (publish * 100) + eventNumber));
        made.Set(DetailFields.PublishId, Id(0xF, publish));
        return Line(made);
    }

    /// <summary>Makes the line of an event without any change.</summary>
    public static string Line(ContainerEvent made)
    {
        using var buffer = new MemoryStream();
        OtlpLogLine.Write(buffer, made, TraceContext.Create(Id(1, 1), null, null), []);
        return Encoding.UTF8.GetString(buffer.ToArray()).TrimEnd('\n');
    }

    public static string Success(
        int publish, int eventNumber = 2, string scope = "image", DateTimeOffset? time = null, Action<ContainerEvent>? set = null, bool ends = true) =>
        Line(EventNames.Success, publish, eventNumber, made => With(made, "success", scope, ends, set), time);

    public static string Failure(
        int publish,
        int eventNumber = 2,
        string error = "credential_failure",
        DateTimeOffset? time = null,
        Action<ContainerEvent>? set = null,
        bool ends = true) =>
        Line(
            EventNames.Error,
            publish,
            eventNumber,
            made =>
            {
                made.Set(OutcomeFields.Error, error);
                With(made, error is "canceled" or "unfinished" ? error : "error", "image", ends, set);
            },
            time);

    public static string Inference(
        int publish,
        string image = "mcr.microsoft.com/dotnet/aspnet",
        string tag = "10.0",
        int eventNumber = 1,
        DateTimeOffset? time = null,
        Action<ContainerEvent>? set = null) =>
        Line(
            EventNames.Inference,
            publish,
            eventNumber,
            made =>
            {
                made.SetBaseImage(image, tag);
                set?.Invoke(made);
            },
            time);

    public static Guid Id(int kind, int number) =>
        new(kind, 0, 0x7000, [0x80, 0, 0, 0, (byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]);

    private static void With(ContainerEvent made, string outcome, string scope, bool ends, Action<ContainerEvent>? set)
    {
        made.Set(DetailFields.Outcome, outcome);
        made.Set(DetailFields.Scope, scope);
        made.Set(DetailFields.EndsPublish, ends);
        set?.Invoke(made);
    }
}

internal static class TableAssertions
{
    public static ReportTable Table(this ReportResult report, string id) => report.Tables.Single(table => table.Id == id);

    /// <summary>The cells of a column.</summary>
    public static object?[] Column(this ReportTable table, string column)
    {
        int index = table.Columns.ToList().FindIndex(candidate => candidate.Id == column);
        return [.. table.Rows.Select(row => row[index])];
    }

    /// <summary>The one cell in a column of a table of one row.</summary>
    public static object? Cell(this ReportTable table, string column) => table.Column(column).Single();
}
