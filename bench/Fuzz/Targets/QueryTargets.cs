using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Datasets;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Fuzz.Targets;

/// <summary>Queries that users type.</summary>
internal static class QueryTargets
{
    private const int MaxNumber = 11;

    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly QueryContext Context = new(Now, ["team", "cost_centre"]);

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("filter", 8_000, ReadFilter,
            "(Error=timeout or Duration>1.5min) and HttpStatus>=500", "ContainerFamily=(none),alpine", "team='a ''b''' or dimension.team!=x", "Time>=2026-11-01 and Week=2026-11-05",
            "SdkVersion>=10.0.300", "ImageSize<=200MB", "Outcome=error,canceled", "AnonymousUserId=01890a5d-ac96-774b-bcce-b302099a8057", "Hour=17 and Retried=true"),
        new("query", 600, ReadQuery,
            "90d\0\0OSFamily,Error\0Outcome=error\0Publishes,SuccessRate,DurationP95\0-Publishes\010\05\0period\0SuccessRate<95%\0trends",
            "2026-11-01\02026-11-20T12:00\0team\0\0Share\0Error\01\00\0Outcome=error:success\0Failed>=3\0"),
        new("point-in-time", 4_000, ReadTime, "7d", "2026-11-05", "2026-11-05T12:30:00Z", "yesterday", "2026-11-05T12:30:00.1234567+01:00", "90m", "2026Q4", "2026-Q1", "1.5min", "200MB"),
    ];

    // A written filter can be read again where its dimensions are known, and has the same meaning.
    private static void ReadFilter(string text)
    {
        if (!FilterParser.TryParse(text, Context, out Filter? filter, out _, out QueryProblem? problem))
        {
            Require.That(problem is { Text.Length: > 0 }, "Nothing says what is wrong.");
            return;
        }

        string written = filter!.ToString()!;
        IEnumerable<string> dimensions = filter.Comparisons.Where(static one => one.Field.IsDimension).Select(static one => one.Field.DimensionName);
        QueryContext context = Context with { Dimensions = [.. Context.Dimensions, .. dimensions] };
        Require.That(FilterParser.TryParse(written, context, out Filter? again, out _, out _) && again!.ToString() == written, $"{written} cannot be read.");
    }

    private static void ReadQuery(string text)
    {
        string[] parts = InputText.Cut(text, MaxNumber);
        IReadOnlyList<QueryProblem> problems = ReportQuery.Parse(
            new()
            {
                Since = OrNull(parts[0]),
                Until = OrNull(parts[1]),
                By = List(parts[2]),
                Where = List(parts[3]),
                Measures = List(parts[4]),
                Sort = OrNull(parts[5]),
                Limit = OrNull(parts[6]),
                Minimum = OrNull(parts[7]),
                Compare = OrNull(parts[8]),
                FailIf = OrNull(parts[9]),
                Sections = List(parts[10]),
            },
            Now,
            out _,
            Context.Dimensions);
        Require.That(problems.All(static problem => problem.Text.Length > 0), "Nothing says what is wrong.");
    }

    private static void ReadTime(string text)
    {
        if (PointInTime.TryParseSpan(text, Now, TimeZoneInfo.Utc, out DateTimeOffset from, out DateTimeOffset to))
        {
            Require.That(from <= to, "The time ends before it begins.");
            Require.That(PointInTime.TryParse(PointInTime.Format(from), Now, TimeZoneInfo.Utc, out DateTimeOffset again) && again == from, "The time is another one when it is written.");
        }

        if (Quarter.TryParse(text, out Quarter quarter))
        {
            Require.That(quarter.Period.From < quarter.Period.To, "The quarter ends before it begins.");
        }

        foreach (string? unit in new[] { null, "ms", EventField.Bytes })
        {
            _ = Quantity.TryParse(text, unit, out _);
        }
    }

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    private static string[] List(string text) => text.Length == 0 ? [] : [text];
}
