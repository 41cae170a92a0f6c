using System.IO.Compression;
using System.Runtime.Versioning;
using System.Text;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Listing;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.TestInfrastructure;

namespace Containers.Telemetry.Reports.Tests;

[TestClass]
public sealed class ReadingTests : IDisposable
{
    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [TestMethod]
    public void CorruptLines_AreCounted_TheFirstThreeNamed_AndTheRestRead()
    {
        string first = _store.Write(TestStore.Success(1), "not json", "{\"resourceLogs\":[", "", TestStore.Success(2));
        string second = _store.Write("{", "}", TestStore.Success(3));

        ReadingStatistics reading = _store.Report().Reading;

        Assert.AreEqual(4, reading.Corrupt);
        Assert.AreEqual(3, reading.Events);
        Assert.AreSequenceEqual(
            new UnreadableLine[] { new(first, 2, LineProblem.Corrupt), new(first, 3, LineProblem.Corrupt), new(second, 1, LineProblem.Corrupt) },
            reading.FirstUnreadable);
        Assert.IsFalse(reading.IsComplete);
    }

    [TestMethod]
    public void ATornTail_IsNoCorruptLine()
    {
        string line = TestStore.Success(1);
        _store.WriteBytes(Encoding.UTF8.GetBytes(line + "\n" + line[..200]));

        ReportResult report = _store.Report();

        Assert.AreEqual(1, report.Reading.TornTails);
        Assert.AreEqual(0, report.Reading.Corrupt);
        Assert.AreEqual(1, report.Publishes);
        Assert.IsTrue(report.Reading.IsComplete);
    }

    [TestMethod]
    public void ATornLineCompletedByTheNextWriter_IsNoCorruptLine()
    {
        string line = TestStore.Success(1);
        _store.WriteBytes(Encoding.UTF8.GetBytes(line + "\n" + line[..200] + "\u0018\n" + TestStore.Success(2) + "\n"));

        ReportResult report = _store.Report();

        Assert.AreEqual(1, report.Reading.TornTails);
        Assert.AreEqual(0, report.Reading.Corrupt);
        Assert.AreEqual(2, report.Publishes);
        Assert.IsTrue(report.Reading.IsComplete);
    }

    [TestMethod]
    public void ALastLineWithoutItsEnd_IsReadWhenItIsWhole()
    {
        _store.WriteBytes(Encoding.UTF8.GetBytes(TestStore.Success(1)));

        Assert.AreEqual(1, _store.Report().Publishes);
    }

    [TestMethod]
    public void InvalidUtf8_IsCountedAndSkipped()
    {
        byte[] line = Encoding.UTF8.GetBytes(TestStore.Success(1) + "\n");
        byte[] broken = [.. line];
        broken[100] = 0xFF;
        string file = _store.WriteBytes([.. broken, .. line]);

        ReportResult report = _store.Report();

        Assert.AreEqual(1, report.Reading.InvalidUtf8);
        Assert.AreEqual(1, report.Publishes);
        Assert.AreEqual(new UnreadableLine(file, 1, LineProblem.InvalidUtf8), report.Reading.FirstUnreadable.Single());
    }

    [TestMethod]
    public void ALineOverTheLengthLimit_IsCountedOnce_AndTheNextLineIsRead()
    {
        byte[] tooLong = new byte[(40 << 20) + 1];
        Array.Fill(tooLong, (byte)'x');
        tooLong[^1] = (byte)'\n';
        string file = _store.WriteBytes(
            [.. Encoding.UTF8.GetBytes(TestStore.Success(1) + "\n"), .. tooLong, .. Encoding.UTF8.GetBytes(TestStore.Success(2) + "\nnot json\n")]);

        ReportResult report = _store.Report();

        Assert.AreEqual(1, report.Reading.TooLong);
        Assert.AreEqual(2, report.Publishes);
        Assert.AreSequenceEqual(new UnreadableLine[] { new(file, 2, LineProblem.TooLong), new(file, 4, LineProblem.Corrupt) }, report.Reading.FirstUnreadable);
    }

    [TestMethod]
    public void ALineOfSeveralMegabytes_IsRead()
    {
        string[] records = [.. Enumerable.Range(1, 3000).Select(static publish => TestStore.Success(publish))];
        _store.Write("{\"resourceLogs\":[" + string.Join(',', records.Select(static line => line["{\"resourceLogs\":[".Length..^"]}".Length])) + "]}");

        Assert.AreEqual(3000, _store.Report().Publishes);
    }

    [TestMethod]
    public void DeepNesting_IsACorruptLine()
    {
        _store.Write("{\"a\":" + new string('[', 100_000) + new string(']', 100_000) + "}", TestStore.Success(1));

        ReportResult report = _store.Report();

        Assert.AreEqual(1, report.Reading.Corrupt);
        Assert.AreEqual(1, report.Publishes);
    }

    [TestMethod]
    public void ABinaryFile_IsNamedAsNoOtlpFile()
    {
        var noise = new byte[20 << 20];
        new Random(1).NextBytes(noise);
        string binary = _store.WriteBytes(noise);
        _store.Write(TestStore.Success(1));

        ReportResult report = _store.Report();

        Assert.AreSequenceEqual(new[] { binary }, report.Reading.ForeignFiles);
        Assert.AreEqual(1, report.Publishes);
    }

    [TestMethod]
    [DataRow(EventNames.Usage)]
    [DataRow(EventNames.UsageError)]
    public void UsageEventsOfOtherPackages_AreRecognized_AndCountAsNoPublish(string name)
    {
        string line = TestStore.Line(name, publish: 2, eventNumber: 1, static made => made.Set(DetailFields.Outcome, "error"));

        // The fast parser refuses the second line, so the other parser reads it.
        _store.Write(TestStore.Success(1), line, line.Replace("{\"resourceLogs\":", "{ \"resourceLogs\": ", StringComparison.Ordinal));

        ReportResult report = _store.Report();
        Assert.AreEqual(2, report.Reading.UsageEvents);
        Assert.AreEqual(0, report.Reading.ForeignRecords);
        Assert.AreEqual(0, report.Reading.Corrupt);
        Assert.IsTrue(report.Reading.IsComplete);
        Assert.AreEqual(1, report.Publishes);
        Assert.AreEqual(0, report.Unfinished);
    }

    [TestMethod]
    public void OtherSignals_AreNoCorruptLines()
    {
        _store.Write("{\"resourceSpans\":[]}", TestStore.Success(1));

        ReadingStatistics reading = _store.Report().Reading;

        Assert.AreEqual(1, reading.OtherSignals);
        Assert.AreEqual(0, reading.Unreadable);
        Assert.IsTrue(reading.IsComplete);
    }

    [TestMethod]
    public void GzipByteOrderMarkAndWindowsLineEnds_AreRead()
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(TestStore.Success(1) + "\nnot json\n"));
        }

        string file = _store.WriteBytes(compressed.ToArray(), ".jsonl.gz");
        _store.WriteBytes(Encoding.UTF8.GetBytes("\uFEFF" + TestStore.Success(2) + "\r\n" + TestStore.Success(3) + "\r\n"));

        ReportResult report = _store.Report();

        Assert.AreEqual(3, report.Publishes);
        Assert.AreEqual(new UnreadableLine(file, 2, LineProblem.Corrupt), report.Reading.FirstUnreadable.Single());
    }

    [TestMethod]
    public void ADamagedGzipFile_IsNamed_AndWhatCameBeforeIsKept()
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.NoCompression))
        {
            gzip.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 500).Select(static publish => TestStore.Success(publish) + "\n"))));
        }

        byte[] content = compressed.ToArray();
        content.AsSpan(content.Length / 2, 64).Fill(0xFF);
        string file = _store.WriteBytes(content, ".jsonl.gz");

        ReadingStatistics reading = _store.Report().Reading;

        Assert.IsFalse(reading.IsComplete);
        Assert.AreEqual(
            file,
            reading.UnreadableFiles.Select(static unreadable => unreadable.Path).Concat(reading.FirstUnreadable.Select(static line => line.File)).First());
    }

    [TestMethod]
    public void ANewerLine_IsNotCounted_AndTheNeededVersionIsReported()
    {
        _store.Write(
            TestStore.Success(1).Replace(
                "min_reader_version\",\"value\":{\"intValue\":\"2\"", "min_reader_version\",\"value\":{\"intValue\":\"7\"", StringComparison.Ordinal),
            TestStore.Success(2));

        ReportResult report = _store.Report();

        Assert.AreEqual(1, report.Publishes);
        Assert.AreEqual(1, report.Reading.Newer);
        Assert.AreEqual(7, report.Reading.NeededReaderVersion);
    }

    [TestMethod]
    [DataRow("\"service.name\"", "\"service\\ud800\"")]
    [DataRow("{\"resourceLogs\"", "{\"resource\\udc00\":1,\"resourceLogs\"")]
    [DataRow("\"stringValue\":\"image\"", "\"stringValue\":\"\\ud800\"")]
    public void HalfASurrogatePair_MakesOneCorruptLine_AndTheRestIsRead(string written, string other)
    {
        string line = TestStore.Success(1);
        string file = _store.Write(line.Replace(written, other, StringComparison.Ordinal), TestStore.Success(2));

        ReportResult report = _store.Report();

        Assert.AreEqual(1, report.Publishes);
        Assert.AreEqual(new UnreadableLine(file, 1, LineProblem.Corrupt), report.Reading.FirstUnreadable.Single());
    }

    [TestMethod]
    public void JsonThatIsNoOtlp_IsCountedAndNamed()
    {
        string file = _store.Write("{\"a\":1}", TestStore.Success(1));

        ReadingStatistics reading = _store.Report().Reading;

        Assert.AreEqual(1, reading.OtherJson);
        Assert.AreEqual(new UnreadableLine(file, 1, LineProblem.OtherJson), reading.FirstUnreadable.Single());
        Assert.IsFalse(reading.IsComplete);
    }

    [TestMethod]
    public void AGzipFileThatBreaksOff_IsNamed()
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.NoCompression))
        {
            gzip.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 500).Select(static publish => TestStore.Success(publish) + "\n"))));
        }

        string file = _store.WriteBytes(compressed.ToArray()[..100_000], ".jsonl.gz");

        ReadingStatistics reading = _store.Report().Reading;

        Assert.IsFalse(reading.IsComplete);
        Assert.AreEqual(file, reading.FirstUnreadable.Single().File);
    }

    [TestMethod]
    public void AFileThatEndsInZeros_AsAfterAPowerFailure_IsNamed()
    {
        string file = _store.WriteBytes([.. Encoding.UTF8.GetBytes(TestStore.Success(1) + "\n"), .. new byte[5000]]);

        ReportResult report = _store.Report();

        Assert.AreEqual(1, report.Publishes);
        Assert.AreEqual(new UnreadableLine(file, 2, LineProblem.Corrupt), report.Reading.FirstUnreadable.Single());
    }

    [TestMethod]
    public void CircularLinks_AndDevices_AreNotFollowed()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Creating a symbolic link needs a privilege on Windows.");
        }

        _store.Write(TestStore.Success(1));
        Directory.CreateSymbolicLink(Path.Combine(_store.Folder, "one"), ".");
        Directory.CreateSymbolicLink(Path.Combine(_store.Folder, "two"), ".");
        File.CreateSymbolicLink(Path.Combine(_store.Folder, "endless.jsonl"), "/dev/zero");
        File.CreateSymbolicLink(Path.Combine(_store.Folder, "self.jsonl"), "self.jsonl");

        ReadingStatistics reading = _store.Report().Reading;

        Assert.AreEqual(1, reading.Files);
        Assert.IsTrue(reading.IsComplete);
    }

    [TestMethod]
    public void ForeignTexts_NeitherControlTheTerminalNorFillTheMemory()
    {
        string line = TestStore.Success(1, set: static made => made.SetDimension("team", "TEAM"));
        _store.Write(
            line.Replace("TEAM", "a\\u001b[31mb\\nc\\u202ed", StringComparison.Ordinal),
            TestStore.Success(2, set: static made => made.SetDimension("team", "TEAM")).Replace("TEAM", new string('x', 5_000_000), StringComparison.Ordinal));

        object?[] names = _store.Report(new() { By = ["dimension.team"] }).Table("by").Column("dimension.team");

        Assert.Contains("a\uFFFD[31mb c\uFFFDd", names);
        Assert.Contains(new string('x', 127) + "\u2026", names);
    }

    [TestMethod]
    public void HiddenFilesAndFolders_AreRead()
    {
        _store.Write(TestStore.Success(1));
        string hidden = Directory.CreateDirectory(Path.Combine(_store.Folder, ".local")).FullName;
        File.WriteAllText(Path.Combine(hidden, ".events.jsonl"), TestStore.Success(2) + "\n");

        Assert.AreEqual(2, _store.Report().Publishes);
    }

    [TestMethod]
    [NeedsFilePermissions, TestCategory(NeedsFilePermissionsAttribute.Category)]
    [UnsupportedOSPlatform("windows")]
    [DataRow(UnixFileMode.None, DisplayName = "A folder that cannot be listed")]
    [DataRow(UnixFileMode.UserRead, DisplayName = "A folder whose files cannot be looked at")]
    public void FilesThatThisUserMayNotRead_AreNamed_AndTheRestIsRead(UnixFileMode mode)
    {
        _store.Write(TestStore.Success(1));
        string closed = Directory.CreateDirectory(Path.Combine(_store.Folder, "closed")).FullName;
        string file = Path.Combine(closed, "events.jsonl");
        File.WriteAllText(file, TestStore.Success(2) + "\n");
        File.SetUnixFileMode(closed, mode);
        try
        {
            ReportResult report = _store.Report();

            Assert.AreEqual(1, report.Publishes);
            Assert.AreEqual(mode == UnixFileMode.None ? closed : file, report.Reading.UnreadableFiles.Single().Path);
            Assert.IsFalse(report.Reading.IsComplete);
        }
        finally
        {
            File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [TestMethod]
    public void AMissingFile_IsNamed()
    {
        string missing = Path.Combine(_store.Folder, "missing.jsonl");

        ReportResult report = Report.Run([missing], new(), null, TestStore.Now);

        Assert.AreEqual(missing, report.Reading.UnreadableFiles.Single().Path);
    }

    [TestMethod]
    public void Progress_EndsWithAllBytes()
    {
        _store.Write([.. Enumerable.Range(1, 100).Select(static publish => TestStore.Success(publish))]);
        var seen = new List<(long Read, long Whole)>();

        ReportResult report = Report.Run([_store.Folder], new(), (read, whole) => seen.Add((read, whole)), TestStore.Now);

        Assert.AreEqual((report.Reading.Bytes, report.Reading.Bytes), seen[^1]);
    }

    [TestMethod]
    public void ACanceledReading_Ends()
    {
        _store.Write(TestStore.Success(1));

        Assert.ThrowsExactly<OperationCanceledException>(() => Report.Run([_store.Folder], new(), null, TestStore.Now, new CancellationToken(canceled: true)));
    }

    [TestMethod]
    public void LinesAcrossSections_AreReadOnce()
    {
        // A section is 16 MiB. These lines fill three sections, with section borders inside lines.
        string[] lines = [.. Enumerable.Range(1, 25_000).Select(static publish => TestStore.Success(publish) + new string(' ', publish % 1700))];
        _store.Write(lines);

        ReportResult report = _store.Report();

        Assert.IsGreaterThan(2 * (16L << 20), report.Reading.Bytes);
        Assert.AreEqual(25_000, report.Publishes);
        Assert.AreEqual(25_000, report.Reading.Lines);
        Assert.AreEqual(0, report.Reading.Duplicates);
    }

    [TestMethod]
    public void Progress_IsReportedOnTheCallingThread_AndEndsWithTheWhole()
    {
        using var store = new TestStore();
        store.WriteBytes(Enumerable.Repeat((byte)'\n', 40 << 20).ToArray());
        var reports = new List<(long Read, long Whole, Thread Thread)>();

        Report.Run([store.Folder], new(), (read, whole) => reports.Add((read, whole, Thread.CurrentThread)), TestStore.Now);

        Assert.IsGreaterThan(1, reports.Count);
        Assert.IsTrue(reports.TrueForAll(static report => report.Thread == Thread.CurrentThread));
        Assert.AreSequenceEqual(reports.Select(static report => report.Read).Order(), reports.Select(static report => report.Read));
        Assert.AreEqual((40L << 20, 40L << 20), (reports[^1].Read, reports[^1].Whole));
    }

    [TestMethod]
    public void SectionsOfAFile_ReportEachByteOnce()
    {
        using var store = new TestStore();
        var file = new SourceFile(store.Write([.. Enumerable.Range(0, 1000).Select(static number => new string('x', number))]), 500_500, isCompressed: false);
        long reported = 0;
        var reader = new SectionReader(new LineProcessor(PublishList.StoreFor(new ListQuery { Fields = PublishFields.All([]) })), bytes => reported += bytes);

        foreach (FileSection section in FileSection.Cut([file], sectionLength: 1000))
        {
            reader.Read(section, CancellationToken.None);
        }

        Assert.AreEqual(file.Length, reported);
    }

    [TestMethod]
    public void AnExceptionInOneThread_StopsTheReading_AndIsRethrownUnchanged()
    {
        using var store = new TestStore();
        store.WriteBytes(Enumerable.Repeat((byte)'\n', 40 << 20).ToArray());
        var failure = new NotSupportedException("the cause");

        Assert.AreSame(failure, Assert.ThrowsExactly<NotSupportedException>(() =>
            Report.Run([store.Folder], new(), (_, _) => throw failure, TestStore.Now)));
    }
}
