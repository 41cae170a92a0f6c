using System.Globalization;
using Containers.Telemetry.Fleet.Connection;

namespace Containers.Telemetry.Fleet.Schema;

/// <summary>Creates the tables of a fleet, and brings older ones to the version of this tool.</summary>
/// <param name="connection">The database.</param>
public sealed class FleetSetup(FleetConnection connection)
{
    /// <summary>After how many days ClickHouse deletes a publish, unless it is told otherwise: a year, and the year before to compare it with.</summary>
    public const int DefaultRetentionDays = 730;

    /// <summary>The longest retention: a Date of ClickHouse ends in 2149.</summary>
    public const int LongestRetentionDays = 10_000;

    /// <summary>Whether a text can be the name of a database or of a cluster: letters, digits and underscores, not beginning with a digit.</summary>
    public static bool IsName(string text) => SqlText.IsName(text);

    /// <summary>The statements that make the tables, for somebody who runs them by hand.</summary>
    /// <param name="database">The database.</param>
    /// <param name="cluster">The cluster; null for one server.</param>
    /// <param name="retentionDays">After how many days ClickHouse deletes a publish.</param>
    public static IReadOnlyList<string> Statements(string database, string? cluster, int retentionDays)
    {
        var layout = new FleetLayout(database, cluster, retentionDays);
        return [.. FleetSchema.Migrations.Create(layout), .. Migration.All.SelectMany(migration => StatementsOf(migration, layout))];
    }

    /// <summary>Creates the tables that are missing, and runs the steps that are pending.</summary>
    /// <param name="cluster">The cluster; null for one server.</param>
    /// <param name="retentionDays">After how many days ClickHouse deletes a publish.</param>
    /// <param name="cancellationToken">Stops between two statements.</param>
    /// <returns>The versions of the steps that were run; none when there was nothing to do.</returns>
    /// <exception cref="FleetException">The server refused a statement, is too old, or has tables of these names that something else made.</exception>
    public async Task<IReadOnlyList<int>> ApplyAsync(string? cluster, int retentionDays, CancellationToken cancellationToken = default)
    {
        var layout = new FleetLayout(connection.Address.Database, cluster, retentionDays);
        FleetState state = await FleetState.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        state.RefuseForeignTables(connection.Address);
        var applied = new List<int>();
        foreach (string statement in FleetSchema.Migrations.Create(layout))
        {
            await connection.ExecuteAsync(statement, cancellationToken).ConfigureAwait(false);
        }

        foreach (Migration migration in state.Pending)
        {
            foreach (string statement in StatementsOf(migration, layout))
            {
                await connection.ExecuteAsync(statement, cancellationToken).ConfigureAwait(false);
            }

            applied.Add(migration.Version);
        }

        return applied;
    }

    /// <summary>Runs the steps that are pending.</summary>
    /// <param name="cancellationToken">Stops between two statements.</param>
    /// <returns>The versions of the steps that were run; none when there was nothing to do.</returns>
    /// <exception cref="FleetException">There are no tables yet, the server refused a statement, or the tables are not of this tool.</exception>
    public async Task<IReadOnlyList<int>> MigrateAsync(CancellationToken cancellationToken = default)
    {
        FleetState state = await FleetState.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        state.RefuseForeignTables(connection.Address);
        return state.Version > 0
            ? await ApplyAsync(state.Cluster, DefaultRetentionDays, cancellationToken).ConfigureAwait(false)
            : throw new FleetException(FleetProblem.NotInitialized, $"The tables are not in {connection.Address}. Create them: containers-telemetry fleet init {connection.Address} --apply");
    }

    private static IEnumerable<string> StatementsOf(Migration migration, FleetLayout layout) =>
        [Record(migration, Migration.Begun, layout), .. migration.Statements(layout), Record(migration, Migration.Done, layout)];

    private static string Record(Migration migration, string state, FleetLayout layout) => string.Create(
        CultureInfo.InvariantCulture,
        $"INSERT INTO {SqlText.Name(layout.Database)}.{FleetSchema.Migrations.Name} (Version, State, Checksum) VALUES ({migration.Version}, '{state}', '{migration.Checksum}')");
}
