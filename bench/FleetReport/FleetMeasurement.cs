using System.Diagnostics;
using System.Globalization;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Ingest;
using Containers.Telemetry.Fleet.Reports;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.StoreGenerator;

namespace Containers.Telemetry.FleetBench;

/// <summary>Measures import, room and reports of a fleet's tables at several sizes.</summary>
/// <param name="connection">An empty database.</param>
/// <param name="say">Takes a line of the result.</param>
internal sealed class FleetMeasurement(FleetConnection connection, Action<string> say)
{
    private const int Seed = 1;
    private const string ByTeam = "--by team";

    /// <summary>Fills the tables up to each size, and measures there.</summary>
    /// <param name="sizes">Numbers of publishes, ascending.</param>
    public async Task RunAsync(int[] sizes)
    {
        await new FleetSetup(connection).ApplyAsync(null, FleetSetup.DefaultRetentionDays);
        using IEnumerator<GeneratedEvent> events = PublishHistory.Events(sizes[^1], new Random(Seed), isPlain: true).GetEnumerator();
        long before = 0;
        foreach (int size in sizes)
        {
            await ImportAsync(events, (size - before) * 2);
            before = size;
            Room(size);
            Reports(size);
        }
    }

    // Plain publishes have two events each.
    private async Task ImportAsync(IEnumerator<GeneratedEvent> events, long count)
    {
        var writer = new FleetWriter(connection, Task.Delay);
        var watch = Stopwatch.StartNew();
        for (long i = 0; i < count && events.MoveNext(); i++)
        {
            await writer.AddAsync(new StoredEvent(events.Current.Event, events.Current.Time, null, null));
        }

        await writer.CompleteAsync();
        Say($"import: {writer.Written:N0} events in {watch.Elapsed.TotalSeconds:N1} s, {writer.Written / watch.Elapsed.TotalSeconds:N0} a second, publishes made of them included");
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
        foreach (string section in Report.SectionIds.Append(ByTeam))
        {
            ReportQueryText text = section == ByTeam ? new ReportQueryText { By = ["dimension.team"] } : new ReportQueryText { Sections = [section] };
            ReportQuery.Parse(text, now, out ReportQuery query, FleetDimensions.Find(connection));
            var watch = Stopwatch.StartNew();
            FleetReport.Run(connection, query, now);
            Say($"report: {publishes:N0} publishes, {section}, {watch.Elapsed.TotalSeconds:N2} s");
        }
    }

    private void Say(FormattableString line) => say(line.ToString(CultureInfo.InvariantCulture));
}
