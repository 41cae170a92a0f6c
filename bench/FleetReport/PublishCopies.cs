using System.Globalization;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;

namespace Containers.Telemetry.FleetBench;

/// <summary>
/// Copies the imported publishes inside ClickHouse, because importing as many takes hours. A copy has its own identifiers, users and projects, and is up
/// to an hour later.
/// Only the table of publishes gets copies, because reports read no other.
/// </summary>
/// <param name="connection">The database.</param>
internal sealed class PublishCopies(FleetConnection connection)
{
    private const string LaterMilliseconds = $"(cityHash64({FleetSchema.PublishId}, Copy) % 3600000)";

    // All bits of a UUIDv7 besides its time and its version.
    private const string Mask = "toUUID(concat('00000000-0000-0', substring(lower(hex(cityHash64(Copy))), 1, 3), '-0', substring(lower(hex(cityHash64(Copy))), 4, 3), '-', substring(lower(hex(cityHash64(Copy + 1000))), 1, 12)))";
    private const string Began = "reinterpretAsUUID(reinterpretAsUInt128(" + FleetSchema.PublishId + ") + toUInt128(" + LaterMilliseconds + ") * 65536)";

    /// <summary>Copies each imported publish.</summary>
    /// <param name="first">The number of the first copy.</param>
    /// <param name="last">The number of the last copy.</param>
    public async Task AddAsync(int first, int last)
    {
        FleetColumn[] columns = [.. FleetSchema.Publishes.Columns.Where(static column => column.IsStored)];
        string imported = $"SELECT * FROM {In(FleetSchema.Publishes)} WHERE {FleetSchema.PublishId} IN (SELECT {FleetSchema.PublishId} FROM {In(FleetSchema.Events)})";
        await connection.ExecuteAsync(
            $"INSERT INTO {In(FleetSchema.Publishes)} ({string.Join(", ", columns.Select(static column => column.Name))}) SELECT {string.Join(", ", columns.Select(ValueOf))} " +
            $"FROM (SELECT *, arrayJoin(range({Number(first)}, {Number(last + 1)})) AS Copy FROM ({imported})) SETTINGS max_insert_threads = 1, min_insert_block_size_rows = 1000000, max_insert_block_size = 1000000, optimize_on_insert = 0",
            CancellationToken.None);
    }

    private static string ValueOf(FleetColumn column) => column.Name switch
    {
        FleetSchema.PublishId => $"reinterpretAsUUID(bitXor(reinterpretAsUInt128({Began}), reinterpretAsUInt128({Mask})))",
        FleetSchema.BeganDay => $"toDate(intDiv({PublishAssembly.BeganUnixMilli(Began)}, 86400000))",
        FleetSchema.TimeUnixNano => $"{FleetSchema.TimeUnixNano} + toInt64({LaterMilliseconds}) * 1000000",
        _ when column.Field == IdentityFields.ProjectId || column.Field == IdentityFields.AnonymousUserId => $"reinterpretAsUUID(bitXor(reinterpretAsUInt128({column.Name}), reinterpretAsUInt128({Mask})))",
        _ => column.Name,
    };

    private string In(FleetTable table) => table.In(connection.Address.Database);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
