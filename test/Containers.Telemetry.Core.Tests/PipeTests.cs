using System.Runtime.Versioning;
using Containers.Telemetry.Consent;
using Containers.Telemetry.Core.Tests.Store;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Identity;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.Store;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Core.Tests;

/// <summary>Named pipes in place of the files that a publish opens. Each test hangs if the product opens a pipe like a file.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows, IgnoreMessage = "Windows has no named pipes in folders.")]
[UnsupportedOSPlatform("windows")]
public sealed class PipeTests
{
    private const int LimitOfAHang = 60_000;

    [TestMethod]
    [Timeout(LimitOfAHang)]
    public void Pipe_in_place_of_the_lock_is_refused()
    {
        using var folder = new LogFolder();
        folder.Open().AppendLines("before");
        NamedPipe.Create(Path.Combine(folder.Path, "lock"));

        StoreException refused = Assert.ThrowsExactly<StoreException>(() => folder.Open().AppendLines("after"));
        StoreException foreseen = Assert.ThrowsExactly<StoreException>(folder.Open().EnsureWritable);

        Assert.AreEqual((StoreFault.NotAFile, StoreFault.NotAFile), (refused.Fault, foreseen.Fault));
        CollectionAssert.AreEqual(new[] { "before" }, folder.ReadLines());
    }

    [TestMethod]
    [Timeout(LimitOfAHang)]
    public void Pipe_in_place_of_the_current_segment_is_skipped()
    {
        using var folder = new LogFolder();
        folder.Open().AppendLines("before");
        NamedPipe.Create(folder.Segments.Single().Path);

        folder.Open().AppendLines("after");

        CollectionAssert.AreEqual(new[] { "after" }, folder.ReadLines());
    }

    [TestMethod]
    [Timeout(LimitOfAHang)]
    public void Pipe_in_place_of_a_deleted_segment_counts_no_lines()
    {
        using var folder = new LogFolder();
        Directory.CreateDirectory(folder.Path);
        SegmentedLog log = folder.Open(limits: new SegmentedLogLimits { MaxBytes = SegmentedLogLimits.LeastMaxBytes });
        NamedPipe.Create(Path.Combine(folder.Path, "0000000001-20261121T093000Z.jsonl"));
        File.WriteAllBytes(Path.Combine(folder.Path, "0000000002-20261121T093000Z.jsonl"), new byte[2 * SegmentedLogLimits.LeastMaxBytes]);

        log.AppendLines("line");

        CollectionAssert.AreEqual(new[] { "line" }, folder.ReadLines());
        Assert.HasCount(1, folder.Segments);
        Assert.AreEqual(0, log.CountDroppedLines());
    }

    [TestMethod]
    [Timeout(LimitOfAHang)]
    [DataRow("state", true)]
    [DataRow("logs/segment", true)]
    [DataRow("lock", false)]
    [DataRow("endpoint", false)]
    [DataRow("state.tmp", false)]
    [DataRow("logs/lock", false)]
    public async Task Outbox_with_pipes_sends_the_readable_records(string place, bool isSent)
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        fixture.Append(1);
        string path = place == "logs/segment" ? Segment.List(fixture.LogFolder).Single().Path : Path.Combine(fixture.LogFolder, "..", place);
        NamedPipe.Create(Path.GetFullPath(path));

        if (isSent)
        {
            fixture.Append(1);
            Assert.AreEqual(DrainEnd.Empty, fixture.Drain().End);
            Assert.AreEqual(OutboxFixture.Ids(1, first: 1).Single(), fixture.AcceptedIds[^1]);
        }
        else
        {
            fixture.Receiver.Otherwise = TestInfrastructure.ReceiverBehavior.Status(503);
            StoreException refused = Assert.ThrowsExactly<StoreException>(() =>
            {
                fixture.Append(1);
                fixture.Drain();
            });
            Assert.AreEqual(StoreFault.NotAFile, refused.Fault);
        }
    }

    [TestMethod]
    [Timeout(LimitOfAHang)]
    public void Pipes_in_the_configuration_folder_count_as_absent_files()
    {
        using var folder = new TestFolder();
        foreach (string name in new[] { "identity", "notice" })
        {
            NamedPipe.Create(folder.Combine(name));
        }

        var config = new ConfigFolder(folder.Path);

        Assert.IsNull(UserIdentity.Get(config, DateTimeOffset.UtcNow));
        Assert.IsNull(UserIdentity.Find(config, DateTimeOffset.UtcNow));
        Assert.IsFalse(Notice.IsShown(config));
        Assert.IsFalse(Notice.TryClaim(config), "The notice was claimed although the claim cannot be stored.");
    }

    [TestMethod]
    [Timeout(LimitOfAHang)]
    [DataRow(".git")]
    [DataRow(".git/config")]
    [DataRow(".git/commondir")]
    public void Pipes_in_the_git_folder_do_not_prevent_a_project_id(string place)
    {
        using var folder = new TestFolder();
        string project = folder.Write("src/app.csproj", "");
        if (place == ".git/commondir")
        {
            folder.Write(".git/config", "[remote \"origin\"]\n\turl = https://example.com/team/product.git\n");
        }

        NamedPipe.Create(folder.Combine(place));

        string expected = place == ".git/commondir" ? "repository\nexample.com/team/product\nsrc/app.csproj" : "path\n" + project;
        Assert.AreEqual(expected, ProjectIdentity.Of(project).Text);
    }

    [TestMethod]
    [Timeout(LimitOfAHang)]
    public void Pipe_in_place_of_a_certificate_file_counts_as_absent()
    {
        using var folder = new TestFolder();
        NamedPipe.Create(folder.Combine("ca.pem"));
        SettingsInput input = new() { Endpoint = "https://collector.example", Variables = { ["OTEL_EXPORTER_OTLP_CERTIFICATE"] = folder.Combine("ca.pem") } };

        input.Resolve();

        CollectionAssert.AreEqual(new[] { "CTEL0012" }, input.ProblemCodes.ToArray());
    }
}
