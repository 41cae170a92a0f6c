using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Aggregation;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>The series of failures of projects in SQL, by the rule of <see cref="FailureSeries"/>.</summary>
internal static class SqlRecoveries
{
    private const string IsFailed = $"{FleetSchema.Result} = '{FleetResult.Failed}'";
    private const string IsFinished = $"{FleetSchema.Result} IN ('{FleetResult.Succeeded}', '{FleetResult.Failed}')";
    private const string HasProject = $"ProjectId != {SqlText.NoIdentifier}";
    private const string IsStart = "failed = 1 AND before = 0";
    private const string IsEnd = "failed = 0 AND before = 1";

    // Nanoseconds are divided before the subtraction, as the local engine has times in units of 100 ns.
    private const string Milliseconds = "intDiv(intDiv(Ended, 200) - intDiv(Started, 200), 10000)";
    private const string IsRecovered = "Ended > 0";

    /// <summary>The query for the groups of a scope.</summary>
    /// <remarks>
    /// For each project the times of its publishes are sorted as numbers, whose last bit marks a failure. Arrays of the same length are filtered
    /// together; a lambda that captured another array would copy it for each element. A subquery of its own reads the failures, which are few: otherwise
    /// ClickHouse would make their texts for all publishes. A failure may arrive between both reads, so the array of errors is cut to the number of failures.
    /// </remarks>
    public static string Of(PublishScope scope) => $"""
        SELECT toUInt8(IsWhole), if(IsWhole = 1, '', Error) AS Name, toInt64(count()), toInt64(countIf({IsRecovered})),
            {SqlPercentile.OfDifferent("Failures", IsRecovered, 50, 95)}, {SqlPercentile.OfDifferent("Milliseconds", IsRecovered, 50, 95)}
        FROM (
            SELECT arrayJoin([0, 1]) AS IsWhole, Error, Ended, LastFailure - FirstFailure + 1 AS Failures, {Milliseconds} AS Milliseconds FROM (
                SELECT arrayFilter((time, failed, before) -> {IsStart}, Times, Flags, Before) AS Starts,
                    arrayResize(arrayFilter((time, failed, before) -> {IsEnd}, Times, Flags, Before), length(Starts)) AS Ends,
                    arrayFilter((number, failed, before) -> {IsStart}, Numbers, Flags, Before) AS FirstFailures,
                    arrayResize(arrayFilter((number, failed, before) -> {IsEnd}, Numbers, Flags, Before), length(Starts)) AS LastFailures,
                    arrayFilter((error, before) -> before = 0, Errors, arrayFilter((before, failed) -> failed = 1, Before, Flags)) AS FirstErrors
                FROM (
                    SELECT Times, arrayMap(time -> toUInt8(time % 2), Times) AS Flags, arrayPushFront(arrayPopBack(Flags), toUInt8(0)) AS Before, arrayCumSum(Flags) AS Numbers,
                        arrayResize(arrayMap(failure -> failure.3, arraySort(Failed)), arrayCount(failed -> failed = 1, Flags)) AS Errors
                    FROM (
                        SELECT ProjectId, groupArray(({FleetSchema.TimeUnixNano}, toString({FleetSchema.PublishId}), toString(Error))) AS Failed
                        FROM {scope.From} WHERE {scope.Where(IsFailed, HasProject)} GROUP BY ProjectId) AS failures
                    GLOBAL ANY INNER JOIN (
                        SELECT ProjectId, arraySort(groupArray({FleetSchema.TimeUnixNano} * 2 + ({IsFailed}))) AS Times
                        FROM {scope.From} WHERE {scope.Where(IsFinished, HasProject)} GROUP BY ProjectId) AS finished
                    USING (ProjectId)))
            ARRAY JOIN Starts AS Started, Ends AS Ended, FirstFailures AS FirstFailure, LastFailures AS LastFailure, FirstErrors AS Error)
        GROUP BY IsWhole, Name
        """;

    /// <summary>Creates the groups from rows. Without a series, ClickHouse returns no total row either.</summary>
    public static IReadOnlyList<RecoveryGroup> GroupsOf(IReadOnlyList<object?[]> rows) =>
        rows.Count == 0 ? [new RecoveryGroup(null, 0, 0, null, null, null, null)] : [.. rows.Select(GroupOf)];

    private static RecoveryGroup GroupOf(object?[] row)
    {
        long recovered = (long)row[3]!;
        return new RecoveryGroup((byte)row[0]! == 1 ? null : (string)row[1]!, (long)row[2]!, recovered, Figure(4, 0), Figure(4, 1), Figure(5, 0), Figure(5, 1));

        long? Figure(int column, int number) => recovered == 0 ? null : ((long[])row[column]!)[number];
    }
}
