using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Store;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Core.Tests.Store;

[TestClass]
public sealed class ConcurrencyTests
{
    private const int EventBytes = 1200;

    [TestMethod]
    public void Append_64ProcessesOf500EventsAtOnce_NothingIsLostTornOrDoubled()
    {
        using var folder = new LogFolder();

        AppendAtOnce(folder, processes: 64, events: 500);
    }

    [TestMethod]
    [DataRow("1")]
    [DataRow("true")]
    public void Append_LockingSwitchedOff_NothingIsLostTornOrDoubled(string value)
    {
        using var folder = new LogFolder();

        AppendAtOnce(folder, processes: 8, events: 50, new() { ["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = value });

        Assert.IsFalse(OperatingSystem.IsWindows() ^ File.Exists(Path.Combine(folder.Path, "lock")), "The lock file must exist on Windows only.");
    }

    /// <summary>.NET opens a file even if locking fails, so two writers could write at the same time.</summary>
    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void Append_FileSystemWithoutLocks_NothingIsLostTornOrDoubled()
    {
        using var folder = new LogFolder();
        string library = LocklessLibrary.Compile(folder.Combine("lockless.so"));

        AppendAtOnce(folder, processes: 8, events: 50, new() { ["LD_PRELOAD"] = library });

        Assert.HasCount(8 * 50, folder.Segments, "Each write must create its own segment.");
    }

    [TestMethod]
    public void Append_ManyThreadsWithLogsOfTheirOwn_NothingIsLostTornOrDoubled()
    {
        using var folder = new LogFolder();
        const int Writers = 8;
        const int Events = 100;

        var threads = new List<Thread>();
        for (int writer = 0; writer < Writers; writer++)
        {
            int number = writer;
            threads.Add(new Thread(() => Enumerable.Range(0, Events).ToList().ForEach(i => folder.Open().Append(NumberedLine.Create(number, i, EventBytes)))));
        }

        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        AssertComplete(folder, Writers, Events);
    }

    [TestMethod]
    public void Append_LockHeldByAnotherProcess_IsWrittenToASegmentOfItsOwn()
    {
        using var folder = new LogFolder();
        var log = new SegmentedLog(folder.Path, new SegmentedLogLimits { LockWait = TimeSpan.FromMilliseconds(20) });
        log.AppendLines("before");

        using (WriterProcess holder = WriterProcess.Hold(Path.Combine(folder.Path, "lock")))
        {
            holder.WaitUntilReady();
            log.AppendLines("first", "second");

            Assert.HasCount(3, folder.Segments);
            Assert.IsFalse(log.TryDelete(folder.Segments[0], offset: 7), "The segment's writer may still be writing.");
            Assert.IsTrue(log.TryDelete(folder.Segments[2], offset: 7), "Nobody appends to a complete segment.");
        }

        log.AppendLines("after");
        CollectionAssert.AreEquivalent(new[] { "before", "after", "first" }, folder.ReadLines());
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void Append_WritersKilled200TimesAtRandom_OnlyTheEventBeingWrittenIsLost()
    {
        const int Rounds = 25;
        const int VictimsOfARound = 8;
        const int SurvivorsEvents = 1000;
        const int UntilKilled = 1_000_000;
        var random = new Random(20261121);

        // A file system on a disk may write a megabyte in one step that a kill cannot interrupt; one in memory writes page by page.
        using TemporaryFileSystem? memory = TemporaryFileSystem.TryMount("size=2g");
        long torn = 0;

        for (int round = 0; round < Rounds; round++)
        {
            using var folder = new LogFolder(memory is null ? null : Path.Combine(memory.Path, "round"));
            using WriterProcess survivor = WriterProcess.Append(folder.Path, VictimsOfARound, SurvivorsEvents, EventBytes);
            List<WriterProcess> victims =
                [.. Enumerable.Range(0, VictimsOfARound).Select(writer => WriterProcess.Append(folder.Path, writer, UntilKilled, SegmentedLog.MaxAppendBytes))];
            victims.ForEach(victim => victim.WaitUntilReady());
            BeginTogether([survivor]);
            foreach (WriterProcess victim in victims)
            {
                // Kills one process at a time: processes that wait for each other are rarely in the middle of a write.
                victim.Begin();
                Assert.IsTrue(victim.WaitUntilAppended());
                Thread.Sleep(random.Next(6));
                victim.Kill();
            }

            Dictionary<int, int> confirmed = victims.Select((victim, writer) => (writer, victim.CountAppended())).ToDictionary();
            confirmed[VictimsOfARound] = survivor.CountAppended();
            victims.ForEach(victim => victim.Dispose());

            torn += AssertOnlyUnconfirmedMissing(folder, confirmed, VictimsOfARound);
        }

        Assert.IsTrue(memory is null || torn > 0, "No kill hit a write, so the test shows nothing.");
    }

    [TestMethod]
    public void DeleteLines_KilledAtRandomWhileOthersAppend_LosesAndDoublesNothing()
    {
        const int Deleted = 0;
        const int Others = 3;
        const int Events = 1000;
        var random = new Random(20261130);
        using var folder = new LogFolder();
        List<WriterProcess> writers =
            [.. Enumerable.Range(Deleted, 1 + Others).Select(writer => WriterProcess.Append(folder.Path, writer, Events, EventBytes))];
        List<WriterProcess> victims = [.. Enumerable.Range(0, 10).Select(_ => WriterProcess.Delete(folder.Path, Deleted))];
        victims.ForEach(victim => victim.WaitUntilReady());
        BeginTogether(writers);
        foreach (WriterProcess victim in victims)
        {
            victim.Begin();
            Assert.IsTrue(victim.WaitUntilAppended());
            Thread.Sleep(random.Next(20));
            victim.Kill();
        }

        writers.ForEach(writer => Assert.AreEqual(Events, writer.CountAppended(), writer.ReadErrors()));
        writers.Concat(victims).ToList().ForEach(process => process.Dispose());
        SegmentedLog log = folder.Open();
        foreach (Segment segment in folder.Segments)
        {
            log.DeleteLines(segment, line => NumberedLine.Parse(line).Writer == Deleted);
        }

        Dictionary<int, int> kept = Enumerable.Range(Deleted + 1, Others).ToDictionary(writer => writer, _ => Events);
        Assert.AreEqual(0, AssertOnlyUnconfirmedMissing(folder, kept, kills: 0));
    }

    [TestMethod]
    public void DeleteLines_LockHeldByAnotherProcess_ChangesNoSegmentThatItMayWrite()
    {
        using var folder = new LogFolder();
        var log = new SegmentedLog(folder.Path, new SegmentedLogLimits { LockWait = TimeSpan.FromMilliseconds(20) });
        log.AppendLines("shared");
        using (WriterProcess holder = WriterProcess.Hold(Path.Combine(folder.Path, "lock")))
        {
            holder.WaitUntilReady();
            log.AppendLines("alone");

            Assert.AreSequenceEqual([0L, 1L], folder.Segments.Select(segment => log.DeleteLines(segment, static _ => true)));
        }

        CollectionAssert.AreEqual(new[] { "shared" }, folder.ReadLines());
    }

    private static void AppendAtOnce(LogFolder folder, int processes, int events, Dictionary<string, string>? variables = null)
    {
        List<WriterProcess> writers =
            [.. Enumerable.Range(0, processes).Select(writer => WriterProcess.Append(folder.Path, writer, events, EventBytes, variables))];
        try
        {
            BeginTogether(writers);
            foreach (WriterProcess writer in writers)
            {
                Assert.AreEqual(events, writer.CountAppended(), writer.ReadErrors());
            }
        }
        finally
        {
            writers.ForEach(writer => writer.Dispose());
        }

        AssertComplete(folder, processes, events);
    }

    private static void BeginTogether(List<WriterProcess> writers)
    {
        writers.ForEach(writer => writer.WaitUntilReady());
        writers.ForEach(writer => writer.Begin());
    }

    private static void AssertComplete(LogFolder folder, int writers, int events)
    {
        Dictionary<int, int> appended = Enumerable.Range(0, writers).ToDictionary(writer => writer, _ => events);

        Assert.AreEqual(0, AssertOnlyUnconfirmedMissing(folder, appended, kills: 0));
    }

    /// <summary>Returns the number of torn lines.</summary>
    private static long AssertOnlyUnconfirmedMissing(LogFolder folder, Dictionary<int, int> confirmed, int kills)
    {
        using var stored = new StoredLines(folder.Path);
        var seen = new HashSet<(int, int)>();
        while (stored.TryRead(out ReadOnlySpan<byte> line))
        {
            (int Writer, int Number) read = NumberedLine.Parse(line);

            Assert.IsTrue(seen.Add(read), $"{read} is doubled.");
            // A killed writer may have written its last line completely without reporting it.
            Assert.IsLessThanOrEqualTo(confirmed[read.Writer] + (kills > 0 ? 0 : -1), read.Number, $"{read} was never appended.");
        }

        foreach ((int writer, int count) in confirmed)
        {
            for (int number = 0; number < count; number++)
            {
                Assert.Contains((writer, number), seen, $"Event {number} of writer {writer} is lost.");
            }
        }

        Assert.AreEqual(0, stored.TooLongLines);
        Assert.IsLessThanOrEqualTo(kills, stored.TornLines, "A killed writer may tear only the line that it is writing.");
        return stored.TornLines;
    }
}
