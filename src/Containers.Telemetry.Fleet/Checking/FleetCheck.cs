using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Fleet.Checking;

/// <summary>Checks a fleet's database and reports problems with remedies. It only reads.</summary>
public sealed class FleetCheck(FleetConnection connection)
{
    private const int LongestLagMinutes = 60;
    private const int MostValues = 10_000;
    private const string RecentHours = "24";
    private const string IsRecent = $"IngestedAt >= now() - INTERVAL {RecentHours} HOUR";

    // Findings are about events of the last hours.
    private const string SinceRecent = "--since 1d";

    /// <summary>The steps to the version of this tool.</summary>
    internal IReadOnlyList<Migration> Steps { get; init; } = Migration.All;

    private string Address => connection.Address.ToString();

    private string Events => FleetSchema.Events.In(connection.Address.Database);

    private string Publishes => FleetSchema.Publishes.In(connection.Address.Database);

    /// <exception cref="FleetException">The server cannot be reached, does not accept the credentials, or has no such database.</exception>
    public async Task<IReadOnlyList<FleetFinding>> RunAsync(CancellationToken cancellationToken = default)
    {
        FleetState state = await FleetState.ReadAsync(connection, Steps, cancellationToken).ConfigureAwait(false);
        var findings = new List<FleetFinding> { ServerOf(state), TablesOf(state) };
        if (findings.TrueForAll(static finding => finding.IsGood))
        {
            findings.Add(await CollectorAsync(state.Cluster, cancellationToken).ConfigureAwait(false));
            findings.Add(await ShardsAsync(cancellationToken).ConfigureAwait(false));
            if (findings[^1].IsGood)
            {
                findings.Add(await LagAsync(cancellationToken).ConfigureAwait(false));
                findings.Add(await DuplicatesAsync(cancellationToken).ConfigureAwait(false));
                findings.Add(await PublishesAsync(cancellationToken).ConfigureAwait(false));
                findings.Add(await CardinalityAsync(cancellationToken).ConfigureAwait(false));
            }
        }

        return findings;
    }

    private static FleetFinding ServerOf(FleetState state) =>
        state.TooOld is { } problem ? FleetFinding.Bad("server", problem, "") : FleetFinding.Good("server", $"ClickHouse {state.ServerVersion}.");

    private FleetFinding TablesOf(FleetState state)
    {
        try
        {
            state.RefuseForeignTables(connection.Address);
        }
        catch (FleetException e)
        {
            return FleetFinding.Bad("tables", e.Message, "");
        }

        if (state.Version == 0)
        {
            return FleetFinding.Bad("tables", "The tables are not there.", $"Create them: containers-telemetry fleet init {Address} --apply");
        }

        if (state.Pending.Any())
        {
            return FleetFinding.Bad(
                "tables",
                $"The tables are those of version {SqlText.Number(state.Version)}, not of {SqlText.Number(Steps[^1].Version)}.",
                $"Bring them up to date: containers-telemetry fleet migrate {Address}");
        }

        if (state.Lacking is { } lacking)
        {
            return FleetFinding.Bad(
                "tables", $"Servers of the cluster {state.Cluster} lack tables: {lacking}.", $"Create them: containers-telemetry fleet init {Address} --apply");
        }

        string[] missing = [.. FleetSchema.Tables.SelectMany(table => state.MissingColumns(table).Select(column => $"{table.Name}.{column}"))];
        return missing.Length == 0
            ? FleetFinding.Good("tables", $"The tables are those of version {SqlText.Number(state.Version)}.")
            : FleetFinding.Bad(
                "tables",
                $"Columns are missing: {string.Join(", ", missing)}.",
                "Something changed the tables. Restore them from a backup, or name another database and import again.");
    }

    private async Task<FleetFinding> CollectorAsync(string? cluster, CancellationToken cancellationToken)
    {
        const string check = "collector";
        CollectorTable source;
        try
        {
            source = await CollectorTable.ReadAsync(connection, cluster, cancellationToken).ConfigureAwait(false);
        }
        catch (FleetException e) when (e.Problem is FleetProblem.ForeignTable)
        {
            return FleetFinding.Bad(check, e.Message, "");
        }

        if (!source.Exists)
        {
            return FleetFinding.Good(check, $"There is no table {OtelLogsView.SourceTable}: events come by import alone.");
        }

        if (source.Misfit is { } misfit)
        {
            return FleetFinding.Bad(check, misfit, "");
        }

        string init = $"containers-telemetry fleet init {Address} --apply";
        if (source.NeedsView)
        {
            return FleetFinding.Bad(
                check,
                $"The view {OtelLogsView.Name} {source.ViewProblem}, so that events of {OtelLogsView.SourceTable} are not counted.",
                $"Create it: {init}");
        }

        long unnamed = source.HasEventName
            ? 0
            : (long)(await FirstRowAsync(OtelLogsView.CountUnnamed(connection.Address.Database), cancellationToken).ConfigureAwait(false))[0]!;
        return unnamed == 0 ? FleetFinding.Good(check, $"Events of {OtelLogsView.SourceTable} are copied.")
            : FleetFinding.Bad(
                check,
                $"{CellText.Count(unnamed, $"row of {OtelLogsView.SourceTable} has", $"rows of {OtelLogsView.SourceTable} have")} no event name: " +
                $"the table has no column {OtelLogsView.EventNameColumn}.",
                $"Run ALTER TABLE {connection.Address.Database}.{OtelLogsView.SourceTable} ADD COLUMN {OtelLogsView.EventNameColumn} String, " +
                $"restart the Collector, which is of 2026 or later, and run {init}");
    }

    // By its settings a server may leave out the data of a dead shard. A query that forbids it fails instead.
    private async Task<FleetFinding> ShardsAsync(CancellationToken cancellationToken)
    {
        try
        {
            string sql = $"SELECT toInt64(count()), toInt64(uniqExact(hostName())) FROM {Publishes} SETTINGS skip_unavailable_shards = 0";
            object?[] row = await FirstRowAsync(sql, cancellationToken).ConfigureAwait(false);
            return FleetFinding.Good("shards", $"All shards answer: {CellText.Count((long)row[0]!, "row", "rows")} of publishes.");
        }
        catch (FleetException e) when (e.Problem is FleetProblem.MissingShard)
        {
            return FleetFinding.Bad("shards", "A shard does not answer.", "Start it. Until then reports fail, so that no number is wrong.");
        }
    }

    private async Task<FleetFinding> LagAsync(CancellationToken cancellationToken)
    {
        string sql = $"SELECT toInt64(count()), toInt64(intDiv(dateDiff('second', max(IngestedAt), now()), 60)) FROM {Events}";
        object?[] row = await FirstRowAsync(sql, cancellationToken).ConfigureAwait(false);
        return (long)row[0]! == 0 ? FleetFinding.Bad("lag", "There are no events yet.", $"Import some: containers-telemetry import FILE --to {Address}")
            : (long)row[1]! <= LongestLagMinutes ? FleetFinding.Good("lag", Arrived((long)row[1]!))
            : FleetFinding.Bad("lag", Arrived((long)row[1]!), "Check the Collector's exporter and its queue.");

        static string Arrived(long minutes) => $"The last event arrived {CellText.Count(minutes, "minute", "minutes")} ago.";
    }

    private async Task<FleetFinding> DuplicatesAsync(CancellationToken cancellationToken)
    {
        string sql = $"SELECT toInt64(count()), toInt64(uniqExact(EventId)) FROM {Events} WHERE {IsRecent}";
        object?[] row = await FirstRowAsync(sql, cancellationToken).ConfigureAwait(false);
        long copies = (long)row[0]! - (long)row[1]!;
        return FleetFinding.Good(
            "duplicates",
            $"{Count(copies)} of {Count((long)row[0]!)} events of the last {RecentHours} hours were delivered again. Each is counted once.");
    }

    private async Task<FleetFinding> PublishesAsync(CancellationToken cancellationToken)
    {
        string kinds = SqlText.Texts([FleetEventKind.Inference, FleetEventKind.Success, FleetEventKind.Error]);
        string sql = $"""
            SELECT toInt64(countIf(Arrived > Counted)) FROM (
                SELECT PublishId, sum(A) AS Arrived, max(C) AS Counted FROM (
                    SELECT PublishId, uniqExact(EventId) AS A, 0 AS C FROM {Events} WHERE Kind IN {kinds} AND {IsRecent} GROUP BY PublishId
                    UNION ALL
                    SELECT PublishId, 0 AS A, max(EventCount) AS C FROM {Publishes} GROUP BY PublishId)
                GROUP BY PublishId)
            """;
        long behind = (long)(await FirstRowAsync(sql, cancellationToken).ConfigureAwait(false))[0]!;
        return behind == 0 ? FleetFinding.Good("publishes", "Every event that arrived is in its publish.")
            : FleetFinding.Bad(
                "publishes",
                $"{CellText.Count(behind, "publish does not have all of its events", "publishes do not have all of their events")} yet.",
                $"Bring them up to date: containers-telemetry fleet assemble {Address} {SinceRecent}");
    }

    private async Task<FleetFinding> CardinalityAsync(CancellationToken cancellationToken)
    {
        string texts = $"SELECT DISTINCT toString({FleetSchema.DimensionsText}) AS Text FROM {Publishes}";
        string elements = $"SELECT {ListText.ElementsOf("Text")} AS Element FROM ({texts})";
        string dimensions = $"SELECT {DimensionText.NameIn("Element")} AS Name, {DimensionText.ValueIn("Element")} AS Value FROM ({elements})";
        string sql =
            $"SELECT Name, toInt64(uniq(Value)) AS Values FROM ({dimensions}) GROUP BY Name " +
            $"HAVING Values > {SqlText.Number(MostValues)} ORDER BY Values DESC LIMIT 1";
        IReadOnlyList<object?[]> rows = await connection.QueryAsync(sql, cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 ? FleetFinding.Good("cardinality", $"No dimension has more than {Count(MostValues)} values.")
            : FleetFinding.Bad(
                "cardinality",
                $"The dimension {rows[0][0]} has {Count((long)rows[0][1]!)} values, which makes tables large and reports slow.",
                "Use it for teams, products or pipelines, not for builds or commits.");
    }

    private async Task<object?[]> FirstRowAsync(string sql, CancellationToken cancellationToken) =>
        (await connection.QueryAsync(sql, cancellationToken).ConfigureAwait(false))[0];

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

/// <param name="Check">The name of the check: one word.</param>
/// <param name="IsGood">Whether no action is needed.</param>
/// <param name="Remedy">The remedy; empty for none.</param>
public sealed record FleetFinding(string Check, bool IsGood, string Message, string Remedy)
{
    internal static FleetFinding Good(string check, string message) => new(check, true, message, "");

    internal static FleetFinding Bad(string check, string message, string remedy) => new(check, false, message, remedy);
}
