using System.Globalization;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tests;

namespace Containers.Telemetry.Fleet.Tests;

/// <summary>Events that an organization's own targets logged: repeated, in any order, with and without each value.</summary>
internal static class OwnEventStore
{
    private static readonly string?[] Outcomes = [null, "success", "success", "error", "canceled", "unfinished"];
    private static readonly string[] Steps = ["scan", "sign", "notify"];

    /// <summary>Queries about these events.</summary>
    public static IEnumerable<object[]> Queries =>
    [
        [new ReportQueryText()],
        [new ReportQueryText { Since = "2026-06-01", Until = "2026-09-01", Sections = ["success-rate", "failures", "duration", "trends", "retries", "users"] }],
        [new ReportQueryText { By = ["step", "Outcome"], Measures = ["Publishes", "SuccessRate", "DurationP50", "DurationP95", "Users", "Projects"] }],
        [new ReportQueryText { By = ["Error", "HttpStatus"] }],
        [new ReportQueryText { By = ["Month", "EndsPublish", "BaseImage"], Where = ["step=scan,sign and Duration>1s"] }],
        [new ReportQueryText { By = ["OSFamily"], Where = ["Outcome=error or step=(none)"] }],
        [new ReportQueryText { By = ["team"], Compare = "2026-07-01", FailIf = "SuccessRate<60" }],
        [new ReportQueryText { By = ["ProjectId"], Limit = "5", Where = ["AnonymousUserId=00000003-0000-4000-8000-000000000000"] }],
    ];

    public static ReportQuery Parse(ReportQueryText text, DateTimeOffset now)
    {
        Assert.AreEqual("", string.Join('\n', ReportQuery.Parse(text, now, out ReportQuery query, ["step", "team"])));
        return query with { Subject = ReportSubject.OwnEvents };
    }

    /// <summary>Writes the events to a file in a folder.</summary>
    public static void Write(string folder)
    {
        var random = new Random(11);
        string[] lines = [.. Enumerable.Range(1, 500).Select(number => TestStore.Line(
            random.Next(4) == 0 ? EventNames.UsageError : EventNames.Usage,
            publish: number / 2,
            eventNumber: 7 + (number % 2),
            made => Fill(made, random),
            new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(200_000))))];
        string[] all = [.. lines, .. lines.Where(_ => random.Next(5) == 0)];
        random.Shuffle(all);
        File.WriteAllLines(Path.Combine(folder, "own.jsonl"), all);
    }

    private static void Fill(ContainerEvent made, Random random)
    {
        string? outcome = Outcomes[random.Next(Outcomes.Length)];
        made.Set(DetailFields.Outcome, outcome);
        made.Set(OutcomeFields.Error, outcome is "error" ? "timeout" : null);
        made.Set(DetailFields.HttpStatus, random.Next(3) == 0 ? 400L + random.Next(5) : null);
        made.Set(DetailFields.Duration, random.Next(5) == 0 ? null : (long)random.Next(5000));
        made.Set(SurroundingsFields.OSFamily, random.Next(3) switch { 0 => null, 1 => "Linux", _ => "Windows" });
        made.Set(IdentityFields.AnonymousUserId, new Guid(random.Next(1, 9), 0, 0x4000, [0x80, 0, 0, 0, 0, 0, 0, 0]));
        made.Set(IdentityFields.ProjectId, random.Next(4) == 0 ? null : random.Next(1, 30).ToString("x32", CultureInfo.InvariantCulture));
        if (random.Next(5) != 0)
        {
            made.SetDimension("step", Steps[random.Next(Steps.Length)]);
        }

        made.SetDimension("team", random.Next(2) == 0 ? "payments" : "search");
    }
}
