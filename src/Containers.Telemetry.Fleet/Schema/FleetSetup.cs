using Containers.Telemetry.Fleet.Connection;

namespace Containers.Telemetry.Fleet.Schema;

/// <summary>Creates the tables of a fleet, and brings older ones to the version of this tool.</summary>
public sealed class FleetSetup(FleetConnection connection)
{
    /// <summary>The default number of days after which ClickHouse deletes a publish: a year, and the year before for comparison.</summary>
    public const int DefaultRetentionDays = 730;

    /// <summary>The longest retention: a Date of ClickHouse ends in 2149.</summary>
    public const int LongestRetentionDays = 10_000;

    /// <summary>The steps to the version of this tool.</summary>
    internal IReadOnlyList<Migration> Steps { get; init; } = Migration.All;

    /// <summary>Whether a text can be the name of a database or of a cluster: letters, digits and underscores, not beginning with a digit.</summary>
    public static bool IsName(string text) => SqlText.IsName(text);

    /// <summary>The statements that create the tables, to be run by hand.</summary>
    /// <param name="cluster">The cluster; null for one server.</param>
    /// <param name="retentionDays">The number of days after which ClickHouse deletes a publish.</param>
    public static IReadOnlyList<string> Statements(string database, string? cluster, int retentionDays)
    {
        var layout = new FleetLayout(database, cluster, retentionDays);
        return [.. FleetSchema.Migrations.Create(layout), .. Migration.All.SelectMany(migration => StatementsOf(migration, layout))];
    }

    /// <summary>Checks the Collector's table, and returns the statements that create the view on it, to be run by hand.</summary>
    /// <param name="cluster">The cluster; null for one server.</param>
    /// <exception cref="FleetException">The server cannot be reached, or something else has created a table with the view's name.</exception>
    public async Task<CollectorStatements> CollectorStatementsAsync(string? cluster, CancellationToken cancellationToken = default)
    {
        CollectorTable source = await CollectorTable.ReadAsync(connection, cluster, cancellationToken).ConfigureAwait(false);
        var layout = new FleetLayout(connection.Address.Database, cluster);
        return new CollectorStatements(source.NeedsView ? [.. OtelLogsView.Create(layout, source)] : [], source.Misfit);
    }

    /// <summary>Creates the tables that are missing, runs the steps that are pending, and creates the view on the Collector's table if that exists.</summary>
    /// <param name="cluster">The cluster; null for one server.</param>
    /// <param name="retentionDays">The number of days after which ClickHouse deletes a publish.</param>
    /// <param name="cancellationToken">Stops between two statements.</param>
    /// <exception cref="FleetException">The server refused a statement, is too old, or has tables with these names that something else created.</exception>
    public async Task<FleetChanges> ApplyAsync(string? cluster, int retentionDays, CancellationToken cancellationToken = default)
    {
        FleetState state = await FleetState.ReadAsync(connection, Steps, cancellationToken).ConfigureAwait(false);
        state.RequireServer();
        state.RefuseForeignTables(connection.Address);
        if (cluster is not null)
        {
            state.RefuseOtherCluster(cluster, connection.Address);
        }

        CollectorStatements collector = await CollectorStatementsAsync(cluster ?? state.Cluster, cancellationToken).ConfigureAwait(false);
        var layout = new FleetLayout(connection.Address.Database, cluster ?? state.Cluster, retentionDays);
        Migration[] pending = [.. state.Pending];
        IEnumerable<string> missing = state.Lacking is null ? [] : FleetSchema.Tables.SelectMany(table => table.Create(layout));
        await ExecuteAsync(
            layout,
            [
                .. FleetSchema.Migrations.Create(layout), .. pending.SelectMany(migration => StatementsOf(migration, layout)), .. missing,
                .. collector.Statements,
            ],
            cancellationToken).ConfigureAwait(false);
        return new FleetChanges([.. pending.Select(static migration => migration.Version)], collector.Statements.Count > 0, collector.Misfit)
        {
            Created = pending.Length == 0 ? state.Lacking : null,
        };
    }

    /// <summary>Runs the steps that are pending, and replaces a view of another version on the Collector's table.</summary>
    /// <param name="cancellationToken">Stops between two statements.</param>
    /// <exception cref="FleetException">There are no tables yet, the server refused a statement, or the tables are not of this tool.</exception>
    public async Task<FleetChanges> MigrateAsync(CancellationToken cancellationToken = default)
    {
        FleetState state = await FleetState.ReadAsync(connection, Steps, cancellationToken).ConfigureAwait(false);
        state.RefuseForeignTables(connection.Address);
        return state.Version > 0
            ? await ApplyAsync(state.Cluster, DefaultRetentionDays, cancellationToken).ConfigureAwait(false)
            : throw new FleetException(
                FleetProblem.NotInitialized,
                $"The tables are not in {connection.Address}. Create them: containers-telemetry fleet init {connection.Address} --apply");
    }

    private async Task ExecuteAsync(FleetLayout layout, IEnumerable<string> statements, CancellationToken cancellationToken)
    {
        try
        {
            foreach (string statement in statements)
            {
                await connection.ExecuteAsync(statement, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (FleetException e) when (e.Problem is FleetProblem.NoDatabase && layout.Cluster is { } cluster)
        {
            string create = $"CREATE DATABASE IF NOT EXISTS {layout.Database} ON CLUSTER {cluster}";
            throw new FleetException(
                FleetProblem.NoDatabase, $"A server of the cluster {cluster} has no database {layout.Database}. Create it: {create}", e);
        }
    }

    private static IEnumerable<string> StatementsOf(Migration migration, FleetLayout layout) =>
        [Record(migration, Migration.Begun, layout), .. migration.Statements(layout), Record(migration, Migration.Done, layout)];

    private static string Record(Migration migration, string state, FleetLayout layout) => string.Create(
        CultureInfo.InvariantCulture,
        $"INSERT INTO {FleetSchema.Migrations.In(layout.Database)} (Version, State, Checksum) VALUES ({migration.Version}, '{state}', '{migration.Checksum}')");
}

/// <summary>The statements for the table of the Collector's exporter.</summary>
/// <param name="Statements">Statements that create the view on it; none if the table does not exist, does not fit, or has the view.</param>
/// <param name="Misfit">The reason why the view cannot read the table, with the remedy; null for none.</param>
public sealed record CollectorStatements(IReadOnlyList<string> Statements, string? Misfit);

/// <summary>The changes to a database.</summary>
/// <param name="Versions">The versions of the steps that were run.</param>
/// <param name="HasNewView">Whether the view on the Collector's table was created or replaced.</param>
/// <param name="Misfit"><inheritdoc cref="CollectorStatements" path="/param[@name='Misfit']"/></param>
public sealed record FleetChanges(IReadOnlyList<int> Versions, bool HasNewView, string? Misfit)
{
    /// <summary>The tables that servers of the cluster lacked, as a clause; null for none.</summary>
    public string? Created { get; init; }
}
