using System.Net.Sockets;
using System.Security.Authentication;
using ClickHouse.Driver;
using ClickHouse.Driver.ADO;
using ClickHouse.Driver.ADO.Readers;

namespace Containers.Telemetry.Fleet.Connection;

/// <summary>A connection to the database of a fleet. Errors of the server become a <see cref="FleetException"/>.</summary>
public sealed class FleetConnection : IDisposable
{
    private static readonly TimeSpan LongestStatement = TimeSpan.FromMinutes(10);

    private readonly ClickHouseClient _client;

    /// <summary>Prepares a connection; nothing is sent yet.</summary>
    /// <param name="limit">The timeout of a statement; null for ten minutes.</param>
    public FleetConnection(FleetAddress address, FleetCredentials credentials, TimeSpan? limit = null)
    {
        Address = address;
        _client = new ClickHouseClient(new ClickHouseClientSettings
        {
            Host = address.Host,
            Port = (ushort)address.Port,
            Protocol = address.IsEncrypted ? "https" : "http",
            Database = address.Database,
            Username = credentials.User,
            Password = credentials.Password,
            Timeout = limit ?? LongestStatement,
            CustomSettings = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                // Never leave out the data of a shard that does not answer.
                ["skip_unavailable_shards"] = 0,
                // Insertions are complete on their shards when a statement returns.
                ["insert_distributed_sync"] = 1,
                // The key of a row determines its partition, so that FINAL need not merge across partitions.
                ["do_not_merge_across_partitions_select_final"] = 1,
            },
        });
    }

    public FleetAddress Address { get; }

    public void Dispose() => _client.Dispose();

    /// <summary>Runs a statement that returns nothing.</summary>
    internal async Task ExecuteAsync(string sql, CancellationToken cancellationToken) =>
        await GuardAsync(() => _client.ExecuteNonQueryAsync(sql, null, null, cancellationToken)).ConfigureAwait(false);

    /// <summary>Runs a query and returns its rows.</summary>
    internal async Task<IReadOnlyList<object?[]>> QueryAsync(string sql, CancellationToken cancellationToken)
    {
        var rows = new List<object?[]>();
        await ReadAsync(sql, rows.Add, cancellationToken).ConfigureAwait(false);
        return rows;
    }

    /// <summary>Runs a query, waits, and returns its rows.</summary>
    internal IReadOnlyList<object?[]> Query(string sql) => QueryAsync(sql, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Runs a query and passes on its rows as they arrive, without keeping them.</summary>
    internal async Task ReadAsync(string sql, Action<object?[]> take, CancellationToken cancellationToken) => await GuardAsync(async () =>
    {
        using ClickHouseDataReader reader = await _client.ExecuteReaderAsync(sql, null, null, cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var row = new object?[reader.FieldCount];
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            }

            take(row);
        }
    }).ConfigureAwait(false);

    /// <summary>Inserts rows in one batch.</summary>
    /// <param name="table">The table, with its database.</param>
    /// <param name="block">The rows, in the format Native.</param>
    internal async Task InsertAsync(string table, IReadOnlyList<string> columns, byte[] block, CancellationToken cancellationToken)
    {
        var options = new InsertOptions
        {
            CustomSettings = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["max_partitions_per_insert_block"] = 0,
                // Merges drop duplicates, and every reader counts them once until then.
                ["optimize_on_insert"] = 0,
            },
        };
        await GuardAsync(async () =>
        {
            using var stream = new MemoryStream(block, writable: false);
            using HttpResponseMessage answer = await _client.InsertRawStreamAsync(
                table, stream, "Native", columns, useCompression: !Address.IsLoopback, options, cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    private async Task GuardAsync(Func<Task> action)
    {
        try
        {
            await action().ConfigureAwait(false);
        }
        catch (ClickHouseServerException e)
        {
            throw ServerProblem.Of(e, Address);
        }
        catch (Exception e) when (e.Is<AuthenticationException>())
        {
            throw new FleetException(
                FleetProblem.Certificate,
                $"There is no trusted TLS connection to {Address.Host}, port {Address.Port}: its certificate is not trusted, or the port has no TLS. " +
                "Add the authority that issued the certificate to those that this machine trusts, or name the right port.",
                e);
        }
        // A server that is starting, and a port without TLS, may both close the connection before they answer.
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.SecureConnectionError)
        {
            throw new FleetException(
                FleetProblem.Unreachable,
                $"{Address.Host}, port {Address.Port}, ended the connection before TLS was agreed. " +
                "Check that ClickHouse is running, and that the port is the one of its HTTP interface with TLS.",
                e);
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException or TaskCanceledException { InnerException: TimeoutException })
        {
            throw new FleetException(
                FleetProblem.Unreachable,
                $"ClickHouse does not answer at {Address.Host}, port {Address.Port}. " +
                $"Check the host, and that the port is the one of its HTTP interface{(Address.IsEncrypted ? " with TLS" : "")}.",
                e);
        }
    }
}

internal static class ExceptionCauses
{
    /// <summary>Whether an exception or one of its causes has a type.</summary>
    public static bool Is<T>(this Exception exception)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            if (e is T)
            {
                return true;
            }
        }

        return false;
    }
}
