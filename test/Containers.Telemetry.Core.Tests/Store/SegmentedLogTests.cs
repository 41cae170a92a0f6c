using System.Globalization;
using Containers.Telemetry.Store;

namespace Containers.Telemetry.Core.Tests.Store;

[TestClass]
public sealed class SegmentedLogTests
{
    private const int EventBytes = 1000;

    private readonly ManualClock _clock = new(new DateTime(2026, 11, 21, 9, 30, 0));

    [TestMethod]
    public void Append_NewFolder_LinesAreReadBackInOrder()
    {
        using var folder = new LogFolder();

        folder.Open(_clock).AppendLines("first", "second");
        folder.Open(_clock).AppendLines("third");

        CollectionAssert.AreEqual(new[] { "first", "second", "third" }, folder.ReadLines());
        Assert.AreEqual("0000000001-20261121T093000Z.jsonl", Path.GetFileName(folder.Segments.Single().Path));
        Assert.AreEqual(_clock.Now, folder.Segments.Single().Begun);
    }

    [TestMethod]
    public void Append_SeveralLinesAtOnce_AreReadOneByOne()
    {
        using var folder = new LogFolder();

        folder.Open().Append("first\nsecond\n"u8);

        CollectionAssert.AreEqual(new[] { "first", "second" }, folder.ReadLines());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("no line feed")]
    public void Append_NoLine_IsRefused(string text)
    {
        using var folder = new LogFolder();

        Assert.ThrowsExactly<ArgumentException>(() => folder.Open().Append(System.Text.Encoding.UTF8.GetBytes(text)));
    }

    [TestMethod]
    public void Append_LongestLine_IsReadBack_AndALongerOneIsRefused()
    {
        using var folder = new LogFolder();
        SegmentedLog log = folder.Open();

        log.Append(NumberedLine.Create(0, 0, SegmentedLog.MaxAppendBytes));

        Assert.ThrowsExactly<ArgumentException>(() => log.Append(NumberedLine.Create(0, 1, SegmentedLog.MaxAppendBytes + 1)));
        Assert.AreEqual(SegmentedLog.MaxAppendBytes - 1, folder.ReadLines().Single().Length);
    }

    [TestMethod]
    public void Append_TornTail_OnlyTheTornLineIsLost()
    {
        using var folder = new LogFolder();
        SegmentedLog log = folder.Open();
        log.AppendLines("before");
        folder.Tear("""{"half":tr""");

        Assert.AreEqual(1, folder.Read().Torn, "The torn line before the next write.");
        log.AppendLines("after");

        (List<string> lines, long torn, _) = folder.Read();
        CollectionAssert.AreEqual(new[] { "before", "after" }, lines);
        Assert.AreEqual(1, torn);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("no count and no name\n")]
    [DataRow("0000000000000000000 ../../elsewhere.jsonl\n")]
    [DataRow("0000000000000000000 0000000001-2026")]
    [DataRow("0000000000000000000 0000000007-20261121T093000Z.jsonl\n", DisplayName = "A segment that is gone")]
    public void Append_LockFileThatNamesNoSegment_BeginsANewOne(string content)
    {
        using var folder = new LogFolder();
        folder.Open(_clock).AppendLines("before");
        File.WriteAllText(Path.Combine(folder.Path, "lock"), content);

        folder.Open(_clock).AppendLines("after");

        CollectionAssert.AreEqual(new[] { "before", "after" }, folder.ReadLines());
        Assert.HasCount(2, folder.Segments);
    }

    [TestMethod]
    public void Append_MoreThanTheCap_DeletesTheOldestFirst_AndCountsThem()
    {
        using var folder = new LogFolder();
        var limits = new SegmentedLogLimits { MaxBytes = 1 << 20 };
        SegmentedLog log = folder.Open(_clock, limits);
        const int Appended = 3000;

        log.AppendNumbered(Appended, EventBytes);

        List<int> kept = [.. folder.ReadLines().Select(line => NumberedLine.Parse(System.Text.Encoding.ASCII.GetBytes(line)).Number)];
        CollectionAssert.AreEqual(Enumerable.Range(Appended - kept.Count, kept.Count).ToList(), kept);
        Assert.IsInRange(limits.MaxBytes * 3 / 4, limits.MaxBytes, folder.Segments.Sum(segment => segment.Length));
        Assert.AreEqual(Appended - kept.Count, log.CountDroppedLines());
    }

    [TestMethod]
    [DataRow(0, 256, DisplayName = "A fast disk")]
    [DataRow(10, 16, DisplayName = "A slow disk: as many as a writer alone adds")]
    public void Append_ManySegmentsToDelete_DeletesThemInSeveralAppends(int millisecondsEach, int deleted)
    {
        using var folder = new LogFolder();
        ManualClock clock = new(DateTime.UtcNow) { Step = TimeSpan.FromMilliseconds(millisecondsEach) };
        Directory.CreateDirectory(folder.Path);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        for (int i = 1; i <= 300; i++)
        {
            File.WriteAllText(Path.Combine(folder.Path, $"{i:D10}-20200101T000000Z.jsonl"), "old\n");
        }

        string lastWeek = DateTime.UtcNow.AddDays(-7).ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        File.WriteAllText(Path.Combine(folder.Path, $"0000000301-{lastWeek}.jsonl"), "last week\n");

        folder.Open(clock).AppendLines("first");
        int left = folder.Segments.Count;
        clock.Step = TimeSpan.Zero;
        foreach (string line in (string[])["second", "third"])
        {
            File.Delete(Path.Combine(folder.Path, "lock"));
            folder.Open(clock).AppendLines(line);
        }

        Assert.AreEqual(300 - deleted + 2, left);
        CollectionAssert.AreEqual(new[] { "last week", "first", "second", "third" }, folder.ReadLines());
    }

    [TestMethod]
    public void Append_AnEventADay_KeepsThoseOfTheRetention()
    {
        using var folder = new LogFolder();
        var limits = new SegmentedLogLimits { Retention = TimeSpan.FromDays(32) };
        SegmentedLog log = folder.Open(_clock, limits);

        for (int day = 0; day < 100; day++)
        {
            log.AppendLines($"day {day:D2}");
            _clock.Now = _clock.Now.AddDays(1);
        }

        List<string> kept = folder.ReadLines();
        Assert.AreEqual("day 99", kept[^1]);
        Assert.IsInRange(30, 34, kept.Count);
        Assert.AreEqual(0, log.CountDroppedLines(), "The size limit must not drop lines here.");
    }

    [TestMethod]
    public void Append_ClockSetBack_LinesStayInOrder_AndNothingIsDeleted()
    {
        using var folder = new LogFolder();
        SegmentedLog log = folder.Open(_clock);

        log.AppendLines("before");
        _clock.Now = _clock.Now.AddYears(-1);
        log.AppendLines("set back", "set back still");
        _clock.Now = _clock.Now.AddYears(1).AddMinutes(1);
        log.AppendLines("right again");

        CollectionAssert.AreEqual(new[] { "before", "set back", "set back still", "right again" }, folder.ReadLines());
    }

    [TestMethod]
    public void Append_SegmentFromTheFuture_IsDeletedWithItsNeighbours()
    {
        using var folder = new LogFolder();
        SegmentedLog log = folder.Open(_clock);
        DateTime now = _clock.Now;

        _clock.Now = now.AddYears(70);
        log.AppendLines("from the future");
        _clock.Now = now;
        log.AppendLines("the first of today");
        CollectionAssert.AreEqual(new[] { "from the future", "the first of today" }, folder.ReadLines());
        Assert.HasCount(2, folder.Segments, "A segment from the future would be appended to for seventy years.");

        _clock.Now = now.AddDays(SegmentedLogLimits.DefaultRetentionDays + 1);
        log.AppendLines("three months later");
        Assert.HasCount(3, folder.ReadLines(), "Only this clock says that three months have passed.");

        _clock.Now = _clock.Now.AddDays(6);
        log.AppendLines("the last");

        CollectionAssert.AreEqual(new[] { "three months later", "the last" }, folder.ReadLines());
    }

    [TestMethod]
    [DataRow(-30, 100, 0, -30, 100, 0)]
    [DataRow(100, 0, 100, 0, 100, 0)]
    [DataRow(-365, 0, -365, 0, -365, 0)]
    [DataRow(25000, 0, 25000, 0, 25000, 0)]
    [DataRow(100, 100, 100, 100, 100, 0)]
    public void Append_ClockThatJumps_DeletesNothing(params int[] days)
    {
        using var folder = new LogFolder();
        DateTime now = _clock.Now;
        folder.Open(_clock).AppendLines("0");

        for (int i = 0; i < days.Length; i++)
        {
            _clock.Now = now.AddDays(days[i]).AddMinutes(i);
            folder.Open(_clock).AppendLines($"{i + 1}");
        }

        CollectionAssert.AreEquivalent(Enumerable.Range(0, days.Length + 1).Select(i => $"{i}").ToArray(), folder.ReadLines());
    }

    [TestMethod]
    public void Append_SegmentWithTheLastNumber_LosesNoLine_AndKeepsTheCap()
    {
        using var folder = new LogFolder();
        var limits = new SegmentedLogLimits { MaxBytes = SegmentedLogLimits.LeastMaxBytes };
        folder.Open(_clock, limits).AppendLines("first");
        File.Move(folder.Segments.Single().Path, Path.Combine(folder.Path, "9999999999-20261121T093000Z.jsonl"));

        folder.Open(_clock, limits).AppendLines("second");
        folder.Open(_clock, limits).AppendLines("third");
        CollectionAssert.AreEquivalent(new[] { "first", "second", "third" }, folder.ReadLines());

        SegmentedLog log = folder.Open(_clock, limits);
        for (int i = 0; i < 600; i++)
        {
            _clock.Now = _clock.Now.AddSeconds(1);
            log.AppendLines($"{i}");
        }

        Assert.IsLessThanOrEqualTo(256, folder.Segments.Count);
        Assert.AreEqual("599", folder.ReadLines()[^1]);
    }

    [TestMethod]
    public void Append_FolderWithTooManySegments_ListsAPartOfThem_AndKeepsTheNewest()
    {
        using LogFolder folder = FolderWithFarTooManySegments(out SegmentedLogLimits limits);
        File.Delete(Path.Combine(folder.Path, "lock"));
        for (int i = 0; i < 12; i++)
        {
            _clock.Now = _clock.Now.AddDays(6);
            folder.Open(_clock, limits).AppendLines($"new {i}");
        }

        List<string> kept = folder.ReadLines();
        CollectionAssert.AreEqual(Enumerable.Range(0, 12).Select(i => $"new {i}").ToArray(), kept[^12..]);
        CollectionAssert.IsSubsetOf(Enumerable.Range(2001 - 200, 201).Select(i => $"{i}").ToArray(), kept);
        Assert.IsLessThanOrEqualTo(256, kept.Count);
    }

    [TestMethod]
    public void Append_FolderWithTooManySegments_AndWithoutItsLockFile_LosesNoLine()
    {
        using LogFolder folder = FolderWithFarTooManySegments(out SegmentedLogLimits limits);
        foreach (string line in new[] { "one", "two", "three" })
        {
            File.Delete(Path.Combine(folder.Path, "lock"));
            folder.Open(_clock, limits).AppendLines(line);
        }

        CollectionAssert.AreEqual(new[] { "one", "two", "three" }, folder.ReadLines()[^3..]);
    }

    [TestMethod]
    public void Append_UnfinishedSegmentOfAKilledWriter_IsNotRead_AndGoesAfterADay()
    {
        using var folder = new LogFolder();
        SegmentedLog log = folder.Open();
        log.AppendLines("before");
        string unfinished = Path.Combine(folder.Path, "0000000002-20261121T093000Z-00000000000000000000000000000000.jsonl.tmp");
        File.WriteAllText(unfinished, "half");
        File.SetLastWriteTimeUtc(unfinished, DateTime.UtcNow.AddDays(-2));

        Assert.IsTrue(log.TryDelete(folder.Segments.Single(), folder.Segments.Single().Length));
        log.AppendLines("after");

        CollectionAssert.AreEqual(new[] { "after" }, folder.ReadLines());
        Assert.IsFalse(File.Exists(unfinished));
    }

    [TestMethod]
    [DataRow("notes.tmp")]
    [DataRow("notes.jsonl.tmp")]
    [DataRow("notes.jsonl")]
    public void Append_OldFileOfTheUsersOwn_Stays(string name)
    {
        using var folder = new LogFolder();
        string file = Path.Combine(Directory.CreateDirectory(folder.Path).FullName, name);
        File.WriteAllText(file, "the user's");
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddYears(-2));

        folder.Open().AppendLines("line");

        CollectionAssert.AreEqual(new[] { "line" }, folder.ReadLines());
        Assert.IsTrue(File.Exists(file));
    }

    [TestMethod]
    public void TryDelete_LineAppendedSinceItWasRead_KeepsTheSegment()
    {
        using var folder = new LogFolder();
        SegmentedLog log = folder.Open();
        log.AppendLines("read");
        Segment segment = folder.Segments.Single();
        log.AppendLines("not read");

        Assert.IsFalse(log.TryDelete(segment, segment.Length));
        Assert.IsTrue(log.TryDelete(segment, segment.Length + "not read\n".Length));
        Assert.IsTrue(log.TryDelete(segment, segment.Length), "A segment that no longer exists counts as deleted.");

        log.AppendLines("later");
        CollectionAssert.AreEqual(new[] { "later" }, folder.ReadLines());
        Assert.IsGreaterThan(0, string.CompareOrdinal(folder.Segments.Single().Path, segment.Path), "Segment names must not be reused.");
    }

    [TestMethod]
    public void TryDelete_OnlyATornTailAfterTheOffset_Deletes()
    {
        using var folder = new LogFolder();
        SegmentedLog log = folder.Open();
        log.AppendLines("read");
        long offset = folder.Segments.Single().Length;
        folder.Tear("half");

        Assert.IsTrue(log.TryDelete(folder.Segments.Single(), offset));
    }

    [TestMethod]
    public void DeleteLines_OfTheCurrentSegment_KeepsTheOtherLinesInOrder()
    {
        using var folder = new LogFolder();
        SegmentedLog log = folder.Open(_clock);
        log.AppendLines("old", "new", "old", "newer");
        folder.Tear("half");
        Segment segment = folder.Segments.Single();

        Assert.AreEqual(2, log.DeleteLines(segment, static line => line.SequenceEqual("old"u8)));
        log.AppendLines("later");

        CollectionAssert.AreEqual(new[] { "new", "newer", "later" }, folder.ReadLines());
        Assert.AreSequenceEqual(
            ["0000000001-20261121T093000Z.jsonl", "lock"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(segment.Path));
        }
    }

    [TestMethod]
    public void DeleteLines_AfterAnOffset_KeepsTheLinesBefore_UntilAllAreDeleted()
    {
        using var folder = new LogFolder();
        SegmentedLog log = folder.Open(_clock);
        log.AppendLines("old", "old", "new");

        Assert.AreEqual(1, log.DeleteLines(folder.Segments.Single(), static line => line.SequenceEqual("old"u8), offset: 4));
        CollectionAssert.AreEqual(new[] { "old", "new" }, folder.ReadLines());

        Assert.AreEqual(1, log.DeleteLines(folder.Segments.Single(), static _ => true, offset: 4));
        Assert.IsEmpty(folder.Segments);
    }

    [TestMethod]
    public void CountDroppedLines_NoFolder_IsZeroAndCreatesNone()
    {
        using var folder = new LogFolder();

        Assert.AreEqual(0, folder.Open().CountDroppedLines());
        Assert.IsFalse(Directory.Exists(folder.Path));
    }

    private LogFolder FolderWithFarTooManySegments(out SegmentedLogLimits limits)
    {
        var folder = new LogFolder();
        limits = new SegmentedLogLimits { MaxBytes = SegmentedLogLimits.LeastMaxBytes };
        folder.Open(_clock, limits).AppendLines("the first");
        foreach (int i in Enumerable.Range(2, 2000))
        {
            File.WriteAllText(Path.Combine(folder.Path, $"{i:D10}-20261121T093000Z.jsonl"), $"{i}\n");
        }

        return folder;
    }
}
