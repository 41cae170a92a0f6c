using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Aggregation;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>The series of failures of projects in SQL, by the rule of <see cref="FailureSeries"/>.</summary>
internal static class SqlRecoveries
{
    private const string IsFailed = $"{FleetSchema.Result} = '{FleetResult.Failed}'";
    // Nanoseconds are divided before the subtraction, as the local engine has times in units of 100 ns.
    private const string Milliseconds = "intDiv(intDiv(Ended, 200) - intDiv(Started, 200), 10000)";
    private const string IsRecovered = "Ended > 0";

    // The text of an identifier and, after it, that of an error.
    private const string Failure = $"concat(toString({FleetSchema.PublishId}), toString(Error))";
    private const string ErrorOfFailure = "substring(failure.2, 37)";

    /// <summary>The query for the groups of a scope.</summary>
    /// <remarks>
    /// For each project the times of its publishes are sorted as numbers, whose last bit marks a failure. The times at which this bit changes are in
    /// turn the start and the end of a series. Arrays of the same length are filtered together; a lambda that captured another array would copy it for
    /// each element. The texts of failures are behind an if, which spares their computation for all other publishes.
    /// </remarks>
    public static string Of(PublishScope scope) => $"""
        SELECT toUInt8(IsWhole), if(IsWhole = 1, '', Error) AS Name, toInt64(count()), toInt64(countIf({IsRecovered})),
            {SqlPercentile.Of("Failures", IsRecovered, 50).Value}, {SqlPercentile.Of("Failures", IsRecovered, 95).Value},
            {SqlPercentile.Of("Milliseconds", IsRecovered, 50).Value}, {SqlPercentile.Of("Milliseconds", IsRecovered, 95).Value}
        FROM (
            SELECT arrayJoin([0, 1]) AS IsWhole, Error, Ended, LastFailure - FirstFailure + 1 AS Failures, {Milliseconds} AS Milliseconds FROM (
                SELECT {OfStarts("ChangeTimes")} AS Starts, arrayResize({OfEnds("ChangeTimes")}, length(Starts)) AS Ends,
                    {OfStarts("ChangeNumbers")} AS FirstFailures, arrayResize({OfEnds("ChangeNumbers")}, length(Starts)) AS LastFailures,
                    arrayFilter((error, before) -> before = 0, Errors, arrayFilter((before, failed) -> failed = 1, Before, Flags)) AS FirstErrors
                FROM (
                    SELECT arrayMap(time -> toUInt8(time % 2), Times) AS Flags, arrayPushFront(arrayPopBack(Flags), toUInt8(0)) AS Before,
                        arrayMap((failed, before) -> toUInt8(failed != before), Flags, Before) AS Changes,
                        arrayFilter((time, changes) -> changes = 1, Times, Changes) AS ChangeTimes,
                        arrayFilter((number, changes) -> changes = 1, arrayCumSum(Flags), Changes) AS ChangeNumbers,
                        arrayMap(failure -> {ErrorOfFailure}, arraySort(Failed)) AS Errors
                    FROM (
                        SELECT arraySort(groupArray({FleetSchema.TimeUnixNano} * 2 + ({IsFailed}))) AS Times,
                            groupArrayIf(({FleetSchema.TimeUnixNano}, if({IsFailed}, {Failure}, '')), {IsFailed}) AS Failed
                        FROM {scope.From}
                        WHERE {WhereEndedInProject(scope)}
                        GROUP BY ProjectId)
                    WHERE notEmpty(Failed)))
            ARRAY JOIN Starts AS Started, Ends AS Ended, FirstFailures AS FirstFailure, LastFailures AS LastFailure, FirstErrors AS Error)
        GROUP BY IsWhole, Name
        """;

    /// <summary>Creates the groups from rows. Without a series, ClickHouse returns no total row either.</summary>
    public static IReadOnlyList<RecoveryGroup> GroupsOf(IReadOnlyList<object?[]> rows) =>
        rows.Count == 0 ? [new RecoveryGroup(null, 0, 0, null, null, null, null)] : [.. rows.Select(GroupOf)];

    private static string WhereEndedInProject(PublishScope scope) =>
        scope.Where($"{FleetSchema.Result} IN ('{FleetResult.Succeeded}', '{FleetResult.Failed}')", $"ProjectId != {SqlText.NoIdentifier}");

    private static RecoveryGroup GroupOf(object?[] row)
    {
        long recovered = (long)row[3]!;
        return new RecoveryGroup((byte)row[0]! == 1 ? null : (string)row[1]!, (long)row[2]!, recovered, Figure(4), Figure(5), Figure(6), Figure(7));

        long? Figure(int column) => recovered == 0 ? null : (long)row[column]!;
    }

    private static string OfStarts(string changes) => $"arrayFilter((change, number) -> number % 2 = 1, {changes}, arrayEnumerate({changes}))";

    private static string OfEnds(string changes) => $"arrayFilter((change, number) -> number % 2 = 0, {changes}, arrayEnumerate({changes}))";
}
