using Containers.Telemetry.Http;
using Containers.Telemetry.TestInfrastructure;

namespace Containers.Telemetry.Outboxes;

[TestClass]
public sealed class OutboxConcurrencyTests
{
    private const int Processes = 8;
    private const int Publishes = 20;
    private const int Events = 5;

    private static IEnumerable<string> AllIds =>
        from writer in Enumerable.Range(0, Processes)
        from number in Enumerable.Range(0, Publishes * Events)
        select NumberedRecord.Id(writer, number);

    [TestMethod]
    public async Task Processes_that_publish_at_once_deliver_everything_exactly_once()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();

        PublishAtOnce(fixture);
        fixture.Drain();

        CollectionAssert.AreEquivalent(AllIds.ToArray(), fixture.AcceptedIds.ToArray());
    }

    [TestMethod]
    public async Task Processes_that_publish_to_a_failing_receiver_lose_nothing()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        ReceiverBehavior[] behaviors =
        [
            ReceiverBehavior.Status(503, retryAfter: "0"),
            ReceiverBehavior.Accept,
            ReceiverBehavior.Status(429, retryAfter: "0"),
            ReceiverBehavior.Status(429, retryAfter: "0"),
            ReceiverBehavior.Accept,
            ReceiverBehavior.Disconnect,
        ];
        fixture.Receiver.Next(behaviors);

        PublishAtOnce(fixture);

        // On a busy machine the processes may end before the receiver has answered with all failures.
        for (int drain = 0; drain < behaviors.Length && fixture.Drain(isAskedFor: true).End is not DrainEnd.Empty; drain++)
        {
        }

        CollectionAssert.AreEquivalent(AllIds.ToArray(), fixture.AcceptedIds.Distinct().ToArray());
        Assert.AreEqual(0, fixture.Outbox.GetStatus().PendingLines);
    }

    [TestMethod]
    public async Task Threads_that_append_and_send_at_once_deliver_everything_exactly_once()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();

        Parallel.For(0, Processes, new ParallelOptions { MaxDegreeOfParallelism = Processes }, writer =>
        {
            for (int number = 0; number < Publishes * Events; number++)
            {
                fixture.Outbox.Append(NumberedRecord.Create(writer, number));
            }

            using OtlpHttpExporter exporter = new("1.2.3", fixture.Clock);
            fixture.Outbox.Drain(exporter, TimeSpan.FromMinutes(1), CancellationToken.None);
        });
        fixture.Drain();

        CollectionAssert.AreEquivalent(AllIds.ToArray(), fixture.AcceptedIds.ToArray());
    }

    [TestMethod]
    public async Task A_drain_that_is_killed_sends_at_most_one_batch_twice()
    {
        const int Kills = 6;
        const int Lines = 12_000;
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        int appended = 0;

        for (int kill = 0; kill < Kills; kill++)
        {
            for (int i = 0; i < Lines / Kills / 100; i++)
            {
                fixture.Outbox.Append((byte[])[.. Enumerable.Range(appended, 100).SelectMany(static number => NumberedRecord.Create(1, number))]);
                appended += 100;
            }

            using OutboxProcess process = new(fixture, writer: 2 + kill, publishes: 1, events: 1);
            process.WaitUntilReady();
            int before = fixture.Receiver.RequestCount;
            process.Begin();

            // Kills each process one request later than the previous one.
            while (fixture.Receiver.RequestCount <= before + kill)
            {
                await Task.Delay(1);
            }

            process.Kill();
        }

        fixture.Drain(isAskedFor: true);

        IReadOnlyList<string> received = fixture.AcceptedIds;
        string[] own = [.. received.Where(static id => id.StartsWith("1-", StringComparison.Ordinal))];
        CollectionAssert.AreEquivalent(OutboxFixture.Ids(appended), own.Distinct().ToArray());
        Assert.IsLessThanOrEqualTo(Kills * 512, received.Count - received.Distinct().Count());
    }

    private static void PublishAtOnce(OutboxFixture fixture)
    {
        OutboxProcess[] processes = [.. Enumerable.Range(0, Processes).Select(writer => new OutboxProcess(fixture, writer, Publishes, Events))];

        try
        {
            Array.ForEach(processes, static process => process.WaitUntilReady());
            Array.ForEach(processes, static process => process.Begin());
            Array.ForEach(processes, static process => process.WaitForSuccess());
        }
        finally
        {
            Array.ForEach(processes, static process => process.Dispose());
        }
    }
}
