using Containers.Telemetry.Fleet.Connection;

namespace Containers.Telemetry.Fleet.Schema;

/// <summary>The state of the Collector's table <see cref="OtelLogsView.SourceTable"/> and of <see cref="OtelLogsView"/> in a database.</summary>
internal sealed class CollectorTable
{
    private const string AnyType = "";
    private const string MapType = "Map(";

    // The exporter can also create columns of the type JSON, which the view does not read.
    private static readonly (string Name, string Type)[] NeededColumns =
    [
        ("Timestamp", "DateTime64"), ("ScopeName", AnyType), ("ScopeVersion", AnyType),
        ("ScopeAttributes", MapType), ("ResourceAttributes", MapType), ("LogAttributes", MapType),
    ];

    private readonly Dictionary<string, string> _types;
    private readonly string? _comment;

    /// <param name="types">The columns of the Collector's table, and the type of each; none if the table does not exist.</param>
    /// <param name="comment">The comment of the table or view with the view's name; null for none.</param>
    public CollectorTable(IEnumerable<KeyValuePair<string, string>> types, string? comment)
    {
        _types = new Dictionary<string, string>(types, StringComparer.Ordinal);
        _comment = comment;
    }

    /// <summary>The number of servers of the cluster without the table, and the cluster; null for one server.</summary>
    public (long Servers, string Cluster)? Lacking { get; init; }

    /// <summary>Whether servers of the cluster lack the view, or have another version of it.</summary>
    public bool IsViewMissing { get; init; }

    /// <summary>Whether the Collector has created its table.</summary>
    public bool Exists => _types.Count > 0;

    /// <summary>Whether the table has a column for the name of an event.</summary>
    public bool HasEventName => _types.ContainsKey(OtelLogsView.EventNameColumn);

    /// <summary>The needed columns that the table lacks, or that have another type.</summary>
    public IReadOnlyList<string> MissingColumns =>
        [.. NeededColumns.Where(needed => !Has(needed.Name, needed.Type)).Select(static needed => needed.Name)];

    /// <summary>The reason why the view cannot read the table, with the remedy; null for none, or if the table does not exist.</summary>
    public string? Misfit =>
        !Exists ? null
        : MissingColumns is { Count: > 0 } missing
            ? $"{OtelLogsView.SourceTable} is not the table that the Collector's exporter creates: {string.Join(", ", missing)} " +
                $"{(missing.Count == 1 ? "is" : "are")} missing or of another type. Rename it, and let the exporter create its own."
        : Lacking is { Servers: > 0 } lacking
            ? $"{OtelLogsView.SourceTable} is missing on {SqlText.Number(lacking.Servers)} of the servers of the cluster {lacking.Cluster}, " +
                $"so no view can be made there. Set cluster_name: {lacking.Cluster} in the Collector's exporter, and restart it: " +
                "it creates the table on all of them."
        : null;

    /// <summary>Whether the view has to be created or replaced.</summary>
    public bool NeedsView => Exists && Misfit is null && (IsViewMissing || _comment != OtelLogsView.CommentFor(this));

    /// <summary>The problem of that view, as a clause.</summary>
    public string ViewProblem => _comment switch
    {
        null => "is not there",
        OtelLogsView.Begun => "is incomplete",
        _ when IsViewMissing => "is not on all servers of the cluster",
        _ => "is of another version",
    };

    /// <param name="cluster">The cluster whose servers get the view; null for one server.</param>
    /// <param name="cancellationToken">Stops between two queries.</param>
    /// <exception cref="FleetException">The server cannot be reached, or something else has created a table with the view's name.</exception>
    public static async Task<CollectorTable> ReadAsync(FleetConnection connection, string? cluster, CancellationToken cancellationToken)
    {
        string database = SqlText.Text(connection.Address.Database);
        IReadOnlyList<object?[]> columns = await connection.QueryAsync(
            $"SELECT name, type FROM system.columns WHERE database = {database} AND table = '{OtelLogsView.SourceTable}'",
            cancellationToken).ConfigureAwait(false);
        IReadOnlyList<object?[]> views = await connection.QueryAsync(
            $"SELECT comment FROM system.tables WHERE database = {database} AND name = '{OtelLogsView.Name}'", cancellationToken).ConfigureAwait(false);
        string? comment = views.Count == 0 ? null : (string)views[0][0]!;
        if (comment?.StartsWith(OtelLogsView.Mark, StringComparison.Ordinal) is false)
        {
            throw new FleetException(
                FleetProblem.ForeignTable,
                $"{connection.Address.Database} has a table {OtelLogsView.Name} that containers-telemetry did not make. Rename it.");
        }

        const string isView = $"name = '{OtelLogsView.Name}' AND comment = ";
        bool isOnCluster = cluster is not null && columns.Count > 0;
        return new CollectorTable(columns.Select(static row => KeyValuePair.Create((string)row[0]!, (string)row[1]!)), comment)
        {
            Lacking = isOnCluster
                ? (await LackingAsync(connection, cluster!, $"name = '{OtelLogsView.SourceTable}'", cancellationToken).ConfigureAwait(false), cluster!)
                : null,
            IsViewMissing = isOnCluster && comment is not null
                && await LackingAsync(connection, cluster!, isView + SqlText.Text(comment), cancellationToken).ConfigureAwait(false) > 0,
        };
    }

    private static async Task<long> LackingAsync(FleetConnection connection, string cluster, string isTable, CancellationToken cancellationToken)
    {
        string isThere = $"database = {SqlText.Text(connection.Address.Database)} AND {isTable}";
        string servers = $"SELECT count() FROM clusterAllReplicas({SqlText.Name(cluster)}, system.one)";
        string tables = $"SELECT count() FROM clusterAllReplicas({SqlText.Name(cluster)}, system.tables) WHERE {isThere}";
        return (long)(await connection.QueryAsync($"SELECT toInt64(({servers}) - ({tables}))", cancellationToken).ConfigureAwait(false))[0][0]!;
    }

    private bool Has(string column, string type) =>
        _types.TryGetValue(column, out string? found) && found.StartsWith(type, StringComparison.Ordinal);
}
