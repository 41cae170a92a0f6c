using System.Diagnostics;
using System.Globalization;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Ingest;
using Containers.Telemetry.Fleet.Reports;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.StoreGenerator;

namespace Containers.Telemetry.FleetBench;

/// <summary>Measures import, disk space and reports of a fleet's tables at several sizes.</summary>
/// <param name="connection">An empty database.</param>
/// <param name="say">Receives each line of the result.</param>
internal sealed class FleetMeasurement(FleetConnection connection, Action<string> say)
{
    private const int Seed = 1;
    private const string ByTeam = "--by team";
    private const int Made = 100_000;

    /// <summary>Fills the tables up to each size, and measures at each.</summary>
    /// <param name="sizes">
    /// Numbers of publishes, ascending. The first are imported. The others must be multiples of the first, and are copied in ClickHouse.
    /// </param>
    public async Task RunAsync(int[] sizes)
    {
        if (!await HasImportedAsync())
        {
            await ImportAsync(sizes[0]);
        }

        int times = 1;
        foreach (int size in sizes)
        {
            if (size / sizes[0] > times)
            {
                await new PublishCopies(connection).AddAsync(times, (size / sizes[0]) - 1);
                times = size / sizes[0];
            }

            // ClickHouse does this itself an hour after the last write to a month.
            foreach (FleetTable table in FleetSchema.Tables)
            {
                await connection.ExecuteAsync($"OPTIMIZE TABLE {table.In(connection.Address.Database)} FINAL", CancellationToken.None);
            }

            Room(size);
            Reports(size);
        }
    }

    private async Task<bool> HasImportedAsync()
    {
        await new FleetSetup(connection).ApplyAsync(null, FleetSetup.DefaultRetentionDays);
        return (long)(await connection.QueryAsync($"SELECT toInt64(count()) FROM {FleetSchema.Events.In(connection.Address.Database)}", CancellationToken.None))[0][0]! > 0;
    }

    // Plain publishes have two events each. The time to generate them does not count as import.
    private async Task ImportAsync(int publishes)
    {
        using IEnumerator<GeneratedEvent> events = PublishHistory.Events(publishes, new Random(Seed), isPlain: true).GetEnumerator();
        long count = publishes * 2L;
        var writer = new FleetWriter(connection, Task.Delay);
        var watch = new Stopwatch();
        while (count > 0)
        {
            StoredEvent[] made = [.. Next(events, Math.Min(count, Made))];
            count -= made.Length;
            watch.Start();
            foreach (StoredEvent stored in made)
            {
                await writer.AddAsync(stored);
            }

            watch.Stop();
        }

        watch.Start();
        await writer.CompleteAsync();
        Say($"import: {writer.Written:N0} events in {watch.Elapsed.TotalSeconds:N1} s, {writer.Written / watch.Elapsed.TotalSeconds:N0} a second, publishes made of them included");
    }

    private static IEnumerable<StoredEvent> Next(IEnumerator<GeneratedEvent> events, long count)
    {
        for (long i = 0; i < count && events.MoveNext(); i++)
        {
            yield return new StoredEvent(events.Current.Event, events.Current.Time, null, null);
        }
    }

    private void Room(int publishes)
    {
        string sql = $"SELECT toString(table), toInt64(sum(bytes_on_disk)) FROM system.parts WHERE active AND database = {SqlText.Text(connection.Address.Database)} GROUP BY table ORDER BY table";
        foreach (object?[] row in connection.Query(sql))
        {
            Say($"room: {row[0]} {(long)row[1]! / (double)publishes:N1} bytes a publish");
        }
    }

    private void Reports(int publishes)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        foreach (string section in SectionIds.All.Append(ByTeam))
        {
            ReportQueryText text = section == ByTeam ? new ReportQueryText { By = ["dimension.team"] } : new ReportQueryText { Sections = [section] };
            var watch = Stopwatch.StartNew();
            ReportQuery.Parse(text, now, out ReportQuery query, FleetDimensions.Find(connection));
            FleetReport.Run(connection, query, now);
            Say($"report: {publishes:N0} publishes, {section}, {watch.Elapsed.TotalSeconds:N2} s");
        }
    }

    private void Say(FormattableString line) => say(line.ToString(CultureInfo.InvariantCulture));
}
