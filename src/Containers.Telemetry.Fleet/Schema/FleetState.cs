using Containers.Telemetry.Fleet.Connection;

namespace Containers.Telemetry.Fleet.Schema;

/// <summary>The state of a fleet's tables in a database.</summary>
internal sealed class FleetState
{
    // The oldest version with the needed SQL.
    private static readonly Version OldestServer = new(23, 8);
    private static readonly FleetTable[] OwnTables = [.. FleetSchema.Tables, FleetSchema.Migrations];

    private readonly Dictionary<string, HashSet<string>> _columns;
    private readonly Dictionary<int, string> _begun = [];
    private readonly Dictionary<int, string> _done = [];
    private readonly IReadOnlyList<Migration> _steps;

    private FleetState(string serverVersion, IReadOnlyList<Migration> steps, Dictionary<string, HashSet<string>> columns)
    {
        ServerVersion = serverVersion;
        _steps = steps;
        _columns = columns;
    }

    /// <summary>The version of the server, such as 25.8.1.5101.</summary>
    public string ServerVersion { get; }

    /// <summary>Spreads the tables over the shards of this cluster; null for one server.</summary>
    public string? Cluster { get; private set; }

    /// <summary>The tables that servers of the cluster lack, such as a shard that was added; as a clause, and null for none.</summary>
    public string? Lacking { get; private set; }

    /// <summary>The version of the tables; 0 while there are none.</summary>
    public int Version => _done.Count == 0 ? 0 : _done.Keys.Max();

    /// <summary>The steps that were not run, or not to their end.</summary>
    public IEnumerable<Migration> Pending => _steps.Where(migration => !_done.ContainsKey(migration.Version));

    public IEnumerable<string> MissingColumns(FleetTable table) =>
        _columns.TryGetValue(table.Name, out HashSet<string>? columns)
            ? table.Columns.Select(static column => column.Name).Where(name => !columns.Contains(name))
            : [];

    public bool Has(FleetTable table) => _columns.ContainsKey(table.Name);

    /// <summary>The problem of a server that is too old, with the remedy; null for none.</summary>
    public string? TooOld => VersionOf(ServerVersion) < OldestServer ? $"ClickHouse {ServerVersion} is too old. Update it to {OldestServer} or later." : null;

    /// <param name="steps">The steps to the version of this tool.</param>
    /// <param name="cancellationToken">Stops between two queries.</param>
    public static async Task<FleetState> ReadAsync(FleetConnection connection, IReadOnlyList<Migration> steps, CancellationToken cancellationToken)
    {
        string version = (string)(await connection.QueryAsync("SELECT version()", cancellationToken).ConfigureAwait(false))[0][0]!;
        string database = SqlText.Text(connection.Address.Database);
        string names = SqlText.Texts(OwnTables.Select(static table => table.Name));
        var columns = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        string sql = $"SELECT table, name FROM system.columns WHERE database = {database} AND table IN {names}";
        foreach (object?[] row in await connection.QueryAsync(sql, cancellationToken).ConfigureAwait(false))
        {
            if (!columns.TryGetValue((string)row[0]!, out HashSet<string>? ofTable))
            {
                columns.Add((string)row[0]!, ofTable = new HashSet<string>(StringComparer.Ordinal));
            }

            ofTable.Add((string)row[1]!);
        }

        var state = new FleetState(version, steps, columns);
        if (!state.Has(FleetSchema.Migrations))
        {
            await RequirePermissionAsync(connection, cancellationToken).ConfigureAwait(false);
        }

        if (state.Has(FleetSchema.Migrations) && !state.MissingColumns(FleetSchema.Migrations).Any())
        {
            state.Cluster = await ClusterOfAsync(connection, cancellationToken).ConfigureAwait(false);
            state.Lacking = state.Cluster is { } cluster ? await LackingAsync(connection, cluster, cancellationToken).ConfigureAwait(false) : null;
            await state.ReadMigrationsAsync(connection, cancellationToken).ConfigureAwait(false);
        }

        return state;
    }

    /// <summary>Refuses a server that is too old.</summary>
    public void RequireServer()
    {
        if (TooOld is { } problem)
        {
            throw new FleetException(FleetProblem.Refused, problem);
        }
    }

    /// <summary>Refuses a cluster that is not the one of the tables.</summary>
    public void RefuseOtherCluster(string cluster, FleetAddress address)
    {
        if (Has(FleetSchema.Migrations) && cluster != Cluster)
        {
            string place = Cluster is null ? "on one server" : $"on the servers of the cluster {Cluster}";
            throw new FleetException(
                FleetProblem.Refused,
                $"The tables of {address.Database} are {place}, not of the cluster {cluster}. " +
                "Name another database, or leave out --cluster.");
        }
    }

    /// <summary>Refuses to touch tables that something else created, or that another build of this tool created differently.</summary>
    public void RefuseForeignTables(FleetAddress address)
    {
        bool isOurs = Has(FleetSchema.Migrations) && !MissingColumns(FleetSchema.Migrations).Any();
        FleetTable[] suspects = isOurs ? _begun.Count > 0 ? [] : FleetSchema.Tables.ToArray() : OwnTables;
        if (Array.Find(suspects, Has) is { } foreign)
        {
            throw new FleetException(
                FleetProblem.ForeignTable,
                $"{address.Database} has a table {foreign.Name} that containers-telemetry did not make. Name another database, or rename that table.");
        }

        foreach (Migration migration in _steps)
        {
            if (_begun.TryGetValue(migration.Version, out string? checksum) && checksum != migration.Checksum)
            {
                throw new FleetException(FleetProblem.ForeignTable, string.Create(
                    CultureInfo.InvariantCulture,
                    $"The tables of {address.Database} were made by another build of containers-telemetry: " +
                    $"step {migration.Version} has the checksum {checksum}, not {migration.Checksum}. Use that build, or name another database."));
            }
        }
    }

    private static Version VersionOf(string text)
    {
        string[] parts = text.Split('.');
        return parts.Length >= 2 && System.Version.TryParse($"{parts[0]}.{parts[1]}", out Version? version) ? version : new Version(0, 0);
    }

    private static async Task<string?> ClusterOfAsync(FleetConnection connection, CancellationToken cancellationToken)
    {
        string sql =
            "SELECT extract(engine_full, 'Distributed\\\\(\\'?([A-Za-z0-9_]+)') FROM system.tables " +
            $"WHERE database = {SqlText.Text(connection.Address.Database)} AND name = {SqlText.Text(FleetSchema.Migrations.Name)}";
        IReadOnlyList<object?[]> rows = await connection.QueryAsync(sql, cancellationToken).ConfigureAwait(false);
        return rows.Count > 0 && (string)rows[0][0]! is { Length: > 0 } cluster ? cluster : null;
    }

    // The server hides tables that the user may not read. A query of the table tells that from a table that is not there.
    private static async Task RequirePermissionAsync(FleetConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            string sql = $"SELECT count() FROM {FleetSchema.Migrations.In(connection.Address.Database)}";
            await connection.QueryAsync(sql, cancellationToken).ConfigureAwait(false);
        }
        catch (FleetException e) when (e.Problem is FleetProblem.NotInitialized)
        {
            // It is not there.
        }
    }

    private static async Task<string?> LackingAsync(FleetConnection connection, string cluster, CancellationToken cancellationToken)
    {
        string[] names = [.. OwnTables.SelectMany(static table => table.NamesOnCluster)];
        string isOwn = $"database = {SqlText.Text(connection.Address.Database)} AND name IN {SqlText.Texts(names)}";
        string sql =
            $"SELECT toInt64(_shard_num) AS Shard, hostName() AS Host, toString(tcpPort()) AS Port, groupUniqArrayIf(name, {isOwn}) AS Names " +
            $"FROM clusterAllReplicas({SqlText.Name(cluster)}, system.tables) GROUP BY Shard, Host, Port " +
            $"HAVING length(Names) < {SqlText.Number(names.Length)} ORDER BY Shard, Host, Port";
        IReadOnlyList<object?[]> servers = await connection.QueryAsync(sql, cancellationToken).ConfigureAwait(false);
        return servers.Count == 0 ? null : string.Join("; ", servers.Select(server =>
            $"{string.Join(", ", names.Except((string[])server[3]!))} on {server[1]}, port {server[2]}, of shard {server[0]}"));
    }

    private async Task ReadMigrationsAsync(FleetConnection connection, CancellationToken cancellationToken)
    {
        // All servers have answered if some lack tables. The servers that have the table have all of its rows: they are on the first shard.
        string sql =
            $"SELECT toInt32(Version), State, Checksum FROM {FleetSchema.Migrations.In(connection.Address.Database)} " +
            $"SETTINGS skip_unavailable_shards = {(Lacking is null ? "0" : "1")}";
        foreach (object?[] row in await connection.QueryAsync(sql, cancellationToken).ConfigureAwait(false))
        {
            ((string)row[1]! == Migration.Done ? _done : _begun)[(int)row[0]!] = (string)row[2]!;
        }
    }
}
