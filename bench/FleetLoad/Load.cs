using System.Diagnostics;
using System.Globalization;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;

namespace Containers.Telemetry.FleetLoad;

/// <summary>Agents that publish repeatedly for some time, and a receiver.</summary>
/// <param name="connection">An empty database.</param>
/// <param name="agents">The number of agents.</param>
/// <param name="time">The duration.</param>
internal sealed class Load(FleetConnection connection, int agents, TimeSpan time)
{
    /// <summary>Runs the load and counts the events that arrived.</summary>
    public async Task<LoadResult> RunAsync()
    {
        await new FleetSetup(connection).ApplyAsync(null, FleetSetup.DefaultRetentionDays);
        string folder = Directory.CreateTempSubdirectory("containers-telemetry-load-").FullName;
        try
        {
            await using var receiver = new Receiver(connection);
            var watch = Stopwatch.StartNew();
            Agent[] all = [.. Enumerable.Range(0, agents).Select(number => new Agent(number, Path.Combine(folder, number.ToString(CultureInfo.InvariantCulture)), receiver.Endpoint))];
            await Task.WhenAll(all.Select(agent => Task.Factory.StartNew(() => agent.Run(time), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            double seconds = watch.Elapsed.TotalSeconds;
            foreach (Agent agent in all)
            {
                agent.SendRest();
            }

            await receiver.CompleteAsync();
            return Count([.. all.SelectMany(static agent => agent.Costs).Order()], all.Sum(static agent => agent.Events), seconds);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private LoadResult Count(double[] costs, long sent, double seconds)
    {
        object?[] row = connection.Query($"SELECT toInt64(count()), toInt64(uniqExact(EventId)) FROM {FleetSchema.Events.In(connection.Address.Database)} FINAL")[0];
        long publishes = (long)connection.Query($"SELECT toInt64(count()) FROM {FleetSchema.Publishes.In(connection.Address.Database)} FINAL")[0][0]!;
        return new LoadResult(agents, sent, seconds, costs[costs.Length * 99 / 100], sent - (long)row[1]!, (long)row[0]! - (long)row[1]!, publishes - (sent / Agent.EventsOfPublish));
    }
}

/// <summary>The result of a load.</summary>
/// <param name="Agents">The number of agents.</param>
/// <param name="Events">The number of events sent.</param>
/// <param name="Seconds">The duration in seconds.</param>
/// <param name="CostP99">Milliseconds that a publish spent on its events, 99th percentile.</param>
/// <param name="Lost">Sent events that are not in the database.</param>
/// <param name="Doubled">Events that are counted twice.</param>
/// <param name="WrongPublishes">The number of publishes too many or too few.</param>
internal sealed record LoadResult(int Agents, long Events, double Seconds, double CostP99, long Lost, long Doubled, long WrongPublishes)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Agents} agents, {Events:N0} events in {Seconds:N1} s: {Events / Seconds:N0} a second; p99 of a publish {CostP99:N1} ms; lost {Lost}, doubled {Doubled}, publishes off by {WrongPublishes}");
}
