using Containers.Telemetry.Fleet.Connection;

namespace Containers.Telemetry.Fleet.Schema;

/// <summary>A table of the fleet: on one server a table, on a cluster one on each shard and a table over all shards.</summary>
/// <param name="Version">The column that selects the row of a key, by its highest value; null to keep the last row.</param>
/// <param name="OrderBy">The key, by which rows are sorted and counted once.</param>
/// <param name="PartitionBy">The expression that splits the table into partitions; null for one partition.</param>
internal sealed record FleetTable(string Name, IReadOnlyList<FleetColumn> Columns, string? Version, string OrderBy, string? PartitionBy)
{
    private const string LocalSuffix = "_local";

    // Pseudonyms repeat within blocks of 8 MiB, but not within the usual 64 KiB. A month of one part has each row once already, so that FINAL costs
    // nothing: merging parts takes as long as several sections.
    private const string Settings =
        "SETTINGS min_compress_block_size = 8388608, max_compress_block_size = 8388608, " +
        "min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1";

    /// <summary>The indexes, which follow the columns.</summary>
    public IReadOnlyList<string> Indexes { get; init; } = [];

    /// <summary>The sharding expression; null for a table that is complete on each shard.</summary>
    public string? ShardBy { get; init; }

    /// <summary>The day from which the retention of a row counts; null to keep rows.</summary>
    public string? RetainBy { get; init; }

    /// <summary>The names of its tables on each server of a cluster.</summary>
    public IReadOnlyList<string> NamesOnCluster => [Name + LocalSuffix, Name];

    /// <summary>The table with its database.</summary>
    public string In(string database) => $"{SqlText.Name(database)}.{Name}";

    /// <summary>The statements that create it; they may run again.</summary>
    public IEnumerable<string> Create(FleetLayout layout)
    {
        string database = SqlText.Name(layout.Database);
        if (layout.Cluster is null)
        {
            yield return $"CREATE TABLE IF NOT EXISTS {database}.{Name}\n{Body(layout)}";
            yield break;
        }

        string cluster = SqlText.Name(layout.Cluster);
        yield return $"CREATE TABLE IF NOT EXISTS {database}.{Name}{LocalSuffix} ON CLUSTER {cluster}\n{Body(layout)}";
        yield return $"CREATE TABLE IF NOT EXISTS {database}.{Name} ON CLUSTER {cluster} AS {database}.{Name}{LocalSuffix}\n" +
            $"ENGINE = Distributed({cluster}, {database}, {Name}{LocalSuffix}, {ShardBy ?? "0"})";
    }

    private string Body(FleetLayout layout)
    {
        IEnumerable<string> lines = Columns.Select(static column => column.ToString()).Concat(Indexes);
        string body = "(\n    " + string.Join(",\n    ", lines) + "\n)\nENGINE = " + Engine(layout);
        body += PartitionBy is null ? "" : $"\nPARTITION BY {PartitionBy}";
        body += $"\nORDER BY {OrderBy}";
        return RetainBy is null ? body : $"{body}\nTTL {RetainBy} + INTERVAL {SqlText.Number(layout.RetentionDays)} DAY\n{Settings}";
    }

    private string Engine(FleetLayout layout) => layout.Cluster is null
        ? $"ReplacingMergeTree({Version})"
        : $"ReplicatedReplacingMergeTree('/clickhouse/tables/{{shard}}/{layout.Database}/{Name}{LocalSuffix}', " +
            $"'{{replica}}'{(Version is null ? "" : ", " + Version)})";
}

/// <summary>The place of the tables.</summary>
/// <param name="Cluster">The cluster whose shards have the tables; null for one server.</param>
/// <param name="RetentionDays">The number of days after its start at which ClickHouse deletes a publish.</param>
internal sealed record FleetLayout(string Database, string? Cluster, int RetentionDays = FleetSetup.DefaultRetentionDays);
