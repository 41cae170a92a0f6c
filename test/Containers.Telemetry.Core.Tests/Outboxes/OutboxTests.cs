using System.Runtime.Versioning;
using System.Text;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Http;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Store;
using Containers.Telemetry.TestInfrastructure;

namespace Containers.Telemetry.Outboxes;

[TestClass]
public sealed class OutboxTests
{
    private static readonly TimeSpan Little = TimeSpan.FromMilliseconds(300);

    [TestMethod]
    public async Task Records_are_delivered_once_and_in_order()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(3);

        DrainResult result = fixture.Drain();

        Assert.AreEqual(DrainEnd.Empty, result.End);
        Assert.AreEqual(3, result.Delivered);
        CollectionAssert.AreEqual(OutboxFixture.Ids(3), fixture.AcceptedIds.ToArray());
        Assert.IsEmpty(Segment.List(fixture.LogFolder));
        Assert.AreEqual(DrainEnd.Empty, fixture.Drain().End);
        Assert.AreEqual(1, fixture.Receiver.RequestCount);
    }

    [TestMethod]
    public async Task An_outbox_that_was_never_used_is_empty_and_leaves_no_trace()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();

        Assert.AreEqual(DrainEnd.Empty, fixture.Drain().End);
        Assert.AreEqual(0, fixture.Outbox.GetStatus().PendingLines);
        Assert.IsFalse(Directory.Exists(fixture.Folder));
    }

    [TestMethod]
    public async Task Requests_are_bounded_by_lines_and_bytes()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(2000);
        fixture.Append(40, filler: 100_000);

        fixture.Drain();

        CollectionAssert.AreEqual(OutboxFixture.Ids(2040), fixture.AcceptedIds.ToArray());
        Assert.IsTrue(fixture.Receiver.Requests.All(static request => NumberedRecord.ReadIds(request.Body).Count <= 512));
        Assert.IsTrue(fixture.Receiver.Requests.All(static request => request.Body.Length <= (1 << 20) + 100));
        Assert.IsLessThan(16, fixture.Receiver.RequestCount);
    }

    [TestMethod]
    [DataRow(408)]
    [DataRow(429)]
    [DataRow(502)]
    [DataRow(503)]
    [DataRow(504)]
    public async Task A_retryable_failure_stops_the_drain_and_nothing_is_lost(int status)
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(3);
        fixture.Receiver.Next(ReceiverBehavior.Status(status));

        DrainResult failed = fixture.Drain();
        DrainResult tooEarly = fixture.Drain();
        fixture.Clock.Now += BackOff.Longest;
        DrainResult delivered = fixture.Drain();

        Assert.AreEqual(DrainEnd.Failed, failed.End);
        Assert.AreEqual(status, failed.Status.Http);
        Assert.AreEqual(DrainEnd.Waiting, tooEarly.End);
        Assert.AreEqual(failed.NextAttempt, tooEarly.NextAttempt);
        Assert.AreEqual(3, delivered.Delivered);
        Assert.AreEqual(2, fixture.Receiver.RequestCount);
        CollectionAssert.AreEqual(OutboxFixture.Ids(3), fixture.AcceptedIds.ToArray());
    }

    [TestMethod]
    public async Task Retry_After_is_kept_across_processes()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(1);
        fixture.Receiver.Next(ReceiverBehavior.Status(429, retryAfter: "120"));

        DrainResult failed = fixture.Drain();
        fixture.Clock.Now += TimeSpan.FromSeconds(119);
        using OtlpHttpExporter exporter = new("1.2.3", fixture.Clock);
        DrainResult tooEarly = new Outbox(fixture.Folder, fixture.Destination, time: fixture.Clock).Drain(exporter, Little, default);
        fixture.Clock.Now += TimeSpan.FromSeconds(2);
        DrainResult delivered = fixture.Drain();

        Assert.AreEqual(new DateTimeOffset(2026, 11, 21, 9, 32, 0, TimeSpan.Zero), failed.NextAttempt);
        Assert.AreEqual(DrainEnd.Waiting, tooEarly.End);
        Assert.AreEqual(1, delivered.Delivered);
    }

    [TestMethod]
    public async Task A_request_by_the_user_ignores_the_back_off()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(1);
        fixture.Receiver.Next(ReceiverBehavior.Status(503));
        fixture.Drain();

        Assert.AreEqual(1, fixture.Drain(isAskedFor: true).Delivered);
    }

    [TestMethod]
    public async Task A_clock_that_was_set_back_does_not_end_the_export()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(1);
        fixture.Receiver.Next(ReceiverBehavior.Status(503));
        fixture.Drain();

        fixture.Clock.Now -= TimeSpan.FromDays(365);

        Assert.AreEqual(1, fixture.Drain().Delivered);
    }

    [TestMethod]
    [DataRow(400)]
    [DataRow(422)]
    [DataRow(500)]
    public async Task Records_rejected_by_an_endpoint_that_accepted_others_are_dropped_and_counted(int status)
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(1);
        fixture.Drain();
        fixture.Append(70);
        fixture.Receiver.Next(ReceiverBehavior.Status(status));

        DrainResult result = fixture.Drain();

        Assert.AreEqual(DrainEnd.Empty, result.End);
        Assert.AreEqual(64, result.Rejected);
        Assert.AreEqual(new EndpointStatus(status), result.RejectedWith);
        Assert.AreEqual(6, result.Delivered);
        CollectionAssert.AreEqual((string[])[.. OutboxFixture.Ids(1), .. OutboxFixture.Ids(6, first: 65)], fixture.AcceptedIds.ToArray());
        OutboxStatus after = fixture.Outbox.GetStatus();
        Assert.AreEqual(64, after.Rejected);
        Assert.AreEqual(new EndpointStatus(status), after.LastRejection?.Status);
        Assert.AreEqual(0, after.PendingLines);
    }

    [TestMethod]
    [DataRow(307)]
    [DataRow(401)]
    [DataRow(403)]
    [DataRow(404)]
    [DataRow(405)]
    [DataRow(415)]
    public async Task A_refusal_because_of_a_wrong_setting_keeps_all_records(int status)
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(1);
        fixture.Drain();
        fixture.Append(3);
        fixture.Receiver.Next(ReceiverBehavior.Status(status));

        DrainResult refused = fixture.Drain();
        OutboxStatus held = fixture.Outbox.GetStatus();
        DrainResult mended = fixture.Drain(isAskedFor: true);

        Assert.AreEqual(DrainEnd.Refused, refused.End);
        Assert.AreEqual(new EndpointStatus(status), refused.Status);
        Assert.AreEqual(3, held.PendingLines);
        Assert.AreEqual(0, held.Rejected);
        Assert.AreEqual(new EndpointAnswer(fixture.Clock.GetUtcNow(), new EndpointStatus(status), ExportOutcome.Refused), held.LastAnswer);
        Assert.AreEqual(refused.NextAttempt, held.NextAttempt);
        Assert.AreEqual(3, mended.Delivered);
        CollectionAssert.AreEqual(OutboxFixture.Ids(4), fixture.AcceptedIds.ToArray());
    }

    [TestMethod]
    [DataRow(400)]
    [DataRow(413)]
    [DataRow(500)]
    public async Task An_endpoint_that_never_accepted_a_record_keeps_them_waiting_whatever_it_answers(int status)
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(1);
        fixture.Receiver.Next(ReceiverBehavior.Status(status));

        Assert.AreEqual(DrainEnd.Refused, fixture.Drain().End);
        Assert.AreEqual(1, fixture.Drain(isAskedFor: true).Delivered);
    }

    [TestMethod]
    public async Task A_batch_that_is_too_large_is_split_until_the_record_that_is_too_large_is_found()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(1);
        fixture.Drain();
        fixture.Append(3);
        fixture.Append(1, filler: 50_000);
        fixture.Append(4);
        fixture.Receiver.MaxBodyLength = 2_000;

        DrainResult result = fixture.Drain();

        Assert.AreEqual(DrainEnd.Empty, result.End);
        Assert.AreEqual(7, result.Delivered);
        Assert.AreEqual(1, result.Rejected);
        CollectionAssert.AreEqual((string[])[.. OutboxFixture.Ids(4), .. OutboxFixture.Ids(4, first: 5)], fixture.AcceptedIds.ToArray());
        Assert.AreEqual(new EndpointStatus(413), fixture.Outbox.GetStatus().LastRejection?.Status);
    }

    [TestMethod]
    public async Task A_refusal_is_reported_after_five_publishes_and_then_once_a_day()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(1);
        fixture.Receiver.Otherwise = ReceiverBehavior.Status(401);
        List<bool> told = [];

        for (int i = 0; i < 6; i++)
        {
            fixture.Drain(isAskedFor: true);
            told.Add(fixture.Outbox.TakeRefusalToTell() is not null);
        }

        fixture.Clock.Now += TimeSpan.FromDays(1);
        EndpointAnswer? nextDay = fixture.Outbox.TakeRefusalToTell();
        fixture.Receiver.Otherwise = ReceiverBehavior.Accept;
        fixture.Drain();
        fixture.Clock.Now += TimeSpan.FromDays(2);

        CollectionAssert.AreEqual(new[] { false, false, false, false, true, false }, told);
        Assert.AreEqual(new EndpointStatus(401), nextDay?.Status);
        Assert.IsNull(fixture.Outbox.TakeRefusalToTell());
    }

    [TestMethod]
    public async Task A_refusal_is_reported_after_a_day()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(1);
        fixture.Receiver.Otherwise = ReceiverBehavior.Status(404);
        fixture.Drain();

        Assert.IsNull(fixture.Outbox.TakeRefusalToTell());
        fixture.Clock.Now += TimeSpan.FromDays(1);
        Assert.IsNotNull(fixture.Outbox.TakeRefusalToTell());
    }

    [TestMethod]
    [DataRow(400)]
    [DataRow(415)]
    [DataRow(500)]
    public async Task An_endpoint_that_cannot_decompress_gets_the_batch_uncompressed_and_is_remembered(int status)
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync(("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"));
        fixture.Append(1);
        fixture.Receiver.Next(ReceiverBehavior.Status(status));

        DrainResult first = fixture.Drain();
        fixture.Append(1);
        DrainResult second = fixture.Drain();

        Assert.AreEqual(1, first.Delivered);
        Assert.AreEqual(1, second.Delivered);
        CollectionAssert.AreEqual(
            new[] { true, false, false },
            fixture.Receiver.Requests.Select(static request => request.Headers.ContainsKey("Content-Encoding")).ToArray());
        CollectionAssert.AreEqual(OutboxFixture.Ids(2), fixture.AcceptedIds.ToArray());
    }

    [TestMethod]
    public async Task An_endpoint_that_refuses_a_batch_in_any_encoding_is_still_sent_gzip()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync(("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"));
        fixture.Append(1);
        fixture.Receiver.Next(ReceiverBehavior.Status(400), ReceiverBehavior.Status(400));

        fixture.Drain();
        fixture.Append(1);
        fixture.Drain(isAskedFor: true);

        Assert.AreEqual("gzip", fixture.Receiver.Requests[^1].Headers["Content-Encoding"]);
    }

    [TestMethod]
    public async Task A_partial_success_is_not_sent_again()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(5);
        fixture.Receiver.Next(ReceiverBehavior.PartialSuccess("rejectedLogRecords", 2));

        DrainResult result = fixture.Drain();

        Assert.AreEqual(3, result.Delivered);
        Assert.AreEqual(2, result.Rejected);
        Assert.AreEqual(2, fixture.Outbox.GetStatus().Rejected);
        Assert.AreEqual(1, fixture.Receiver.RequestCount);
    }

    [TestMethod]
    public async Task A_lost_answer_causes_a_duplicate_and_no_loss()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(2);
        fixture.Receiver.Next(ReceiverBehavior.Disconnect);

        Assert.AreEqual(DrainEnd.Failed, fixture.Drain().End);
        fixture.Drain(isAskedFor: true);

        CollectionAssert.AreEqual(OutboxFixture.Ids(2), fixture.AcceptedIds.ToArray());
        CollectionAssert.AreEqual((string[])[.. OutboxFixture.Ids(2), .. OutboxFixture.Ids(2)], fixture.ReceivedIds.ToArray());
    }

    [TestMethod]
    public async Task A_receiver_that_was_down_gets_all_records_later()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        int port = fixture.Receiver.Port;
        await fixture.Receiver.DisposeAsync();
        fixture.Append(2);

        using (new ClosedPort(port))
        {
            Assert.AreEqual(DrainEnd.Failed, fixture.Drain().End);
        }

        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(port);
        Assert.AreEqual(2, fixture.Drain(isAskedFor: true).Delivered);
    }

    [TestMethod]
    public async Task A_receiver_that_hangs_costs_the_budget_once()
    {
        DrainEnd[] ends = [];
        long delivered = 0;
        int requests = 0;

        foreach (TimeSpan budget in Budgets.Growing(Little).TakeWhile(_ => requests == 0))
        {
            await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
            fixture.Append(1);
            fixture.Receiver.Otherwise = ReceiverBehavior.Hang;
            ends = [fixture.Drain(budget).End, fixture.Drain(budget).End];
            requests = fixture.Receiver.RequestCount;
            fixture.Receiver.Otherwise = ReceiverBehavior.Accept;
            delivered = fixture.Drain(isAskedFor: true).Delivered;
        }

        CollectionAssert.AreEqual(new[] { DrainEnd.OutOfTime, DrainEnd.Waiting }, ends);
        Assert.AreEqual(1, delivered);
    }

    [TestMethod]
    public async Task A_budget_that_ends_during_progress_is_no_failure()
    {
        DrainResult? result = null;
        DrainResult? rest = null;

        foreach (TimeSpan budget in Budgets.Growing(TimeSpan.FromMilliseconds(500)).TakeWhile(_ => result is not { Delivered: > 0 }))
        {
            await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
            fixture.Append(70);
            fixture.Receiver.Next(ReceiverBehavior.Accept);
            fixture.Receiver.Otherwise = ReceiverBehavior.Hang;
            result = fixture.Drain(budget);
            fixture.Receiver.Otherwise = ReceiverBehavior.Accept;
            rest = fixture.Drain();
        }

        Assert.AreEqual(DrainEnd.OutOfTime, result?.End);
        Assert.AreEqual(64, result?.Delivered);
        Assert.IsNull(result?.NextAttempt);
        Assert.AreEqual(6, rest?.Delivered);
    }

    [TestMethod]
    public async Task A_budget_of_zero_sends_nothing()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(1);

        Assert.AreEqual(DrainEnd.OutOfTime, fixture.Drain(TimeSpan.Zero).End);
        Assert.AreEqual(0, fixture.Receiver.RequestCount);
        Assert.AreEqual(1, fixture.Drain().Delivered);
    }

    [TestMethod]
    public async Task Cancellation_is_no_failure()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(1);
        fixture.Receiver.Otherwise = ReceiverBehavior.Hang;
        using CancellationTokenSource cancellation = new(Little);

        Assert.AreEqual(DrainEnd.Canceled, fixture.Drain(cancellationToken: cancellation.Token).End);
        fixture.Receiver.Otherwise = ReceiverBehavior.Accept;
        Assert.AreEqual(1, fixture.Drain().Delivered);
    }

    [TestMethod]
    public async Task Invalid_settings_send_and_drop_nothing()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        SettingsInput input = new()
        {
            Endpoint = fixture.Receiver.Address.AbsoluteUri,
            Variables = { ["OTEL_EXPORTER_OTLP_HEADERS"] = "broken" },
        };
        Outbox held = new(fixture.Folder, input.Resolve()!.Logs!, time: fixture.Clock);
        using OtlpHttpExporter exporter = new("1.2.3", fixture.Clock);
        held.Append(NumberedRecord.Create(1, 0));

        Assert.AreEqual(DrainEnd.Held, held.Drain(exporter, Little, default).End);
        Assert.AreEqual(0, fixture.Receiver.RequestCount);
        Assert.AreEqual(1, fixture.Drain().Delivered);
    }

    [TestMethod]
    public async Task A_full_outbox_drops_the_oldest_and_counts_them()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync(maxBytes: SegmentedLogLimits.LeastMaxBytes);
        fixture.Append(1500, filler: 1000);

        OutboxStatus status = fixture.Outbox.GetStatus();
        fixture.Drain();

        Assert.IsGreaterThan(0, status.Dropped);
        Assert.AreEqual(1500, status.Dropped + status.PendingLines);
        Assert.IsLessThanOrEqualTo(SegmentedLogLimits.LeastMaxBytes, status.PendingBytes);
        CollectionAssert.AreEqual(OutboxFixture.Ids((int)status.PendingLines, first: (int)status.Dropped), fixture.AcceptedIds.ToArray());
        Assert.AreEqual(status.Dropped, fixture.Outbox.GetStatus().Dropped);
    }

    [TestMethod]
    public async Task Looking_at_an_outbox_changes_nothing()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync(maxBytes: SegmentedLogLimits.LeastMaxBytes);
        fixture.Append(1500, filler: 1000);
        Dictionary<string, string> before = Contents(fixture.Folder);

        OutboxStatus first = fixture.Outbox.GetStatus();
        OutboxStatus second = fixture.Outbox.GetStatus();

        Assert.IsGreaterThan(0, first.Dropped);
        Assert.AreEqual(first.Dropped, second.Dropped);
        CollectionAssert.AreEquivalent(before, Contents(fixture.Folder));

        static Dictionary<string, string> Contents(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(static path => path, static path => $"{File.GetLastWriteTimeUtc(path):O} {Convert.ToBase64String(File.ReadAllBytes(path))}");
    }

    [TestMethod]
    public async Task Records_older_than_the_retention_are_deleted()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(1);
        fixture.Clock.Now += Outbox.Retention + TimeSpan.FromDays(1);
        fixture.Append(1);
        fixture.Clock.Now += Outbox.Retention / 8;
        fixture.Append(1);

        fixture.Drain();

        CollectionAssert.AreEqual(OutboxFixture.Ids(2, first: 1), fixture.AcceptedIds.ToArray());
    }

    [TestMethod]
    public async Task Damaged_lines_are_left_out_and_counted()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(1);
        fixture.Outbox.Append("not JSON\n"u8);
        fixture.Append(1);

        DrainResult result = fixture.Drain();

        Assert.AreEqual((2L, 1L), (result.Delivered, result.Unreadable));
        CollectionAssert.AreEqual(OutboxFixture.Ids(2), fixture.AcceptedIds.ToArray());
        Assert.AreEqual(1, fixture.Outbox.GetStatus().Unreadable);
    }

    [TestMethod]
    [NeedsFilePermissions, TestCategory(NeedsFilePermissionsAttribute.Category)]
    [UnsupportedOSPlatform("windows")]
    public async Task A_segment_that_this_user_may_not_read_does_not_stop_the_drain()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(1);
        File.SetUnixFileMode(Segment.List(fixture.LogFolder)[0].Path, UnixFileMode.None);
        fixture.Append(1);

        fixture.Drain();

        CollectionAssert.AreEqual(OutboxFixture.Ids(1, first: 1), fixture.AcceptedIds.ToArray());
    }

    [TestMethod]
    public async Task A_torn_tail_is_not_sent()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(1);
        await File.AppendAllTextAsync(Segment.List(fixture.LogFolder)[0].Path, """{"resourceLogs":[{"res""");

        DrainResult result = fixture.Drain();

        Assert.AreEqual(DrainEnd.Empty, result.End);
        CollectionAssert.AreEqual(OutboxFixture.Ids(1), fixture.AcceptedIds.ToArray());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("garbage\n\nsent x y\nfailures 99999999999999999999\nnext-attempt 9223372036854775807\n")]
    public async Task A_damaged_state_sends_again_and_loses_nothing(string damage)
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(70);
        fixture.Receiver.Next(ReceiverBehavior.Accept, ReceiverBehavior.Status(503));
        fixture.Drain();
        await File.WriteAllTextAsync(Path.Combine(fixture.Folder, fixture.Destination.Folder, "state"), damage);

        DrainResult result = fixture.Drain();

        Assert.AreEqual(DrainEnd.Empty, result.End);
        CollectionAssert.AreEqual((string[])[.. OutboxFixture.Ids(64), .. OutboxFixture.Ids(70)], fixture.AcceptedIds.ToArray());
    }

    [TestMethod]
    public async Task Repeated_failures_lengthen_the_back_off_up_to_an_hour()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(1);
        fixture.Receiver.Otherwise = ReceiverBehavior.Status(503);
        List<double> waits = [];

        for (int i = 0; i < 14; i++)
        {
            waits.Add((fixture.Drain(isAskedFor: true).NextAttempt!.Value - fixture.Clock.GetUtcNow()).TotalSeconds);
        }

        for (int i = 0; i < waits.Count; i++)
        {
            double longest = Math.Min(5 * Math.Pow(2, i), 3600);
            Assert.IsInRange((longest / 2) - 0.001, longest, waits[i]);
        }

        Assert.AreEqual(14, fixture.Outbox.GetStatus().Failures);
    }

    [TestMethod]
    public async Task Only_one_drain_runs_at_a_time()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(1);
        DrainEnd? other = null;

        fixture.Drain(progress: _ => other = fixture.Drain().End);

        Assert.AreEqual(DrainEnd.Busy, other);
        Assert.AreEqual(1, fixture.Receiver.RequestCount);
    }

    [TestMethod]
    public async Task Records_appended_during_a_drain_are_sent_by_it()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(1);

        fixture.Drain(progress: delivered =>
        {
            if (delivered < 5)
            {
                fixture.Append(1);
            }
        });

        CollectionAssert.AreEqual(OutboxFixture.Ids(5), fixture.AcceptedIds.ToArray());
    }

    [TestMethod]
    public async Task The_status_counts_pending_records()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(70);
        fixture.Receiver.Next(ReceiverBehavior.Accept, ReceiverBehavior.Status(429, retryAfter: "60"));
        fixture.Drain();

        OutboxStatus status = fixture.Outbox.GetStatus();

        Assert.AreEqual(6, status.PendingLines);
        Assert.AreEqual(6 * NumberedRecord.Create(1, 64).Length, status.PendingBytes);
        Assert.AreEqual(fixture.Clock.GetUtcNow(), status.OldestSince);
        Assert.AreEqual(1, status.Failures);
        Assert.AreEqual(fixture.Clock.GetUtcNow().AddMinutes(1), status.NextAttempt);
    }

    [TestMethod]
    public async Task The_tool_finds_outboxes_by_their_endpoint_file()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(1);
        using OtlpHttpExporter exporter = new("1.2.3", fixture.Clock);

        OtlpDestination found = Outbox.FindDestinations(fixture.Folder, settings: null).Single();
        DrainResult result = new Outbox(fixture.Folder, found, time: fixture.Clock).Drain(exporter, TimeSpan.FromMinutes(1), default);

        Assert.AreEqual(fixture.Destination.Url, found.Url);
        Assert.AreEqual(OtlpSignal.Logs, found.Signal);
        Assert.AreEqual(1, result.Delivered);
    }

    [TestMethod]
    public async Task The_tool_does_not_send_without_the_headers_that_a_publish_had()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync(("OTEL_EXPORTER_OTLP_HEADERS", "api-key=SECRET"));
        fixture.Append(1);
        SettingsInput sameSettings = new()
        {
            Endpoint = fixture.Receiver.Address.AbsoluteUri,
            Variables = { ["OTEL_EXPORTER_OTLP_HEADERS"] = "api-key=SECRET" },
        };

        using OtlpHttpExporter exporter = new("1.2.3", fixture.Clock);

        Assert.AreEqual(DrainEnd.Held, DrainFound(settings: null).End);
        Assert.AreEqual(0, fixture.Receiver.RequestCount);
        Assert.AreEqual(1, DrainFound(sameSettings.Resolve()).Delivered);
        Assert.AreEqual("SECRET", fixture.Receiver.Requests.Single().Headers["api-key"]);

        DrainResult DrainFound(OtlpSettings? settings) =>
            new Outbox(fixture.Folder, Outbox.FindDestinations(fixture.Folder, settings).Single(), time: fixture.Clock)
                .Drain(exporter, TimeSpan.FromMinutes(1), default);
    }

    [TestMethod]
    public async Task An_endpoint_file_with_another_url_is_ignored()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(1);
        string file = Path.Combine(fixture.Folder, fixture.Destination.Folder, "endpoint");
        await File.WriteAllTextAsync(file, "logs\nhttps://elsewhere.example/v1/logs\n");

        Assert.IsEmpty(Outbox.FindDestinations(fixture.Folder, settings: null));
    }

    [TestMethod]
    public async Task A_locked_endpoint_file_loses_no_event()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(1);
        string file = Path.Combine(fixture.Folder, fixture.Destination.Folder, "endpoint");
        using (new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            fixture.Append(1);
        }

        Assert.AreEqual(2, fixture.Drain().Delivered);
    }

    [TestMethod]
    public async Task No_secret_is_stored()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        receiver.Otherwise = ReceiverBehavior.Status(503);
        Uri endpoint =
            new UriBuilder(receiver.Address) { UserName = "USERSECRET", Password = "PASSSECRET", Path = "/PATHSECRET", Query = "key=QUERYSECRET" }.Uri;
        OtlpDestination destination = SettingsInput.Logs(endpoint, ("OTEL_EXPORTER_OTLP_HEADERS", "api-key=HEADERSECRET"));
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        Outbox outbox = new(fixture.Folder, destination, time: fixture.Clock);
        using OtlpHttpExporter exporter = new("1.2.3", fixture.Clock);

        outbox.Append(NumberedRecord.Create(1, 0));
        outbox.Drain(exporter, TimeSpan.FromMinutes(1), default);

        Assert.AreEqual("HEADERSECRET", receiver.Requests.Single().Headers["api-key"]);
        Assert.AreEqual("/PATHSECRET/v1/logs", receiver.Requests.Single().Path);
        Assert.DoesNotContain("SECRET", destination.Url);

        string[] files = Directory.GetFiles(fixture.Folder, "*", SearchOption.AllDirectories);
        Assert.IsNotEmpty(files);
        foreach (string file in files)
        {
            Assert.DoesNotContain("SECRET", file + Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file)));
        }
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public async Task Only_the_owner_can_access_the_outbox()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(70);
        fixture.Receiver.Next(ReceiverBehavior.Accept, ReceiverBehavior.Status(503));
        fixture.Drain();

        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        string[] entries = Directory.GetFileSystemEntries(fixture.Folder, "*", SearchOption.AllDirectories);

        Assert.IsTrue(entries.Any(static entry => Path.GetFileName(entry) == "state"));
        Assert.IsTrue(entries.All(static entry => (File.GetUnixFileMode(entry) & Others) == 0), string.Join('\n', entries));
    }
}
