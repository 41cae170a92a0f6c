using System.Text;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Store;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Core.Tests.Store;

[TestClass]
public sealed class SegmentReaderTests
{
    [TestMethod]
    public void TryRead_LineTooLong_IsSkippedAndCounted()
    {
        using var folder = new LogFolder();
        folder.Open().AppendLines("before");
        folder.Tear(new string('x', 3 * SegmentReader.MaxLineBytes) + "\nafter\n");

        (List<string> lines, long torn, long tooLong) = folder.Read();

        CollectionAssert.AreEqual(new[] { "before", "after" }, lines);
        Assert.AreEqual((0L, 1L), (torn, tooLong));
    }

    [TestMethod]
    public void TryRead_TailStillBeingWritten_IsReadOnceItIsWhole()
    {
        using var folder = new LogFolder();
        folder.Open().AppendLines("first");
        folder.Tear("sec");
        using var reader = new SegmentReader(folder.Segments.Single().Path);

        Assert.AreEqual("first", Next(reader));
        Assert.IsNull(Next(reader));
        Assert.AreEqual(1, reader.TornLines);
        Assert.AreEqual("first\n".Length, reader.Offset);

        folder.Tear("ond\n");
        Assert.AreEqual("second", Next(reader));
        Assert.AreEqual(0, reader.TornLines);
    }

    [TestMethod]
    public void TryRead_OffsetOfAnEarlierReader_GoesOnThere()
    {
        using var folder = new LogFolder();
        folder.Open().AppendLines("first", "second");
        string path = folder.Segments.Single().Path;
        using var earlier = new SegmentReader(path);
        Next(earlier);

        using var later = new SegmentReader(path, earlier.Offset);

        Assert.AreEqual("second", Next(later));
        Assert.IsNull(Next(later));
    }

    [TestMethod]
    public void Constructor_ContentThatCannotBeDecoded_LeavesTheFileClosed()
    {
        using var folder = new LogFolder();
        folder.Open().AppendLines("first");
        string path = folder.Segments.Single().Path;
        FileStream? opened = null;

        Assert.ThrowsExactly<StoreException>(() => new SegmentReader(path, decode: file =>
        {
            opened = (FileStream)file;
            throw new IOException();
        }));

        Assert.IsTrue(opened!.SafeFileHandle.IsClosed);
    }

    [TestMethod]
    public void ReadBatch_LinesAndBytesLimited_GivesEachLineOnce()
    {
        using var folder = new LogFolder();
        folder.Open().AppendLines("1", "22", "333", "4444444444444444", "55555", "6");
        using var reader = new SegmentReader(folder.Segments.Single().Path);
        var batches = new List<string>();
        byte[] buffer = new byte[9];

        for (int bytes; (bytes = reader.ReadBatch(buffer, maxLines: 2, out int lines)) > 0;)
        {
            batches.Add($"{lines}: {Encoding.ASCII.GetString(buffer, 0, bytes).Replace('\n', ' ')}");
        }

        CollectionAssert.AreEqual(new[] { "2: 1 22 ", "1: 333 ", "2: 55555 6 " }, batches);
        Assert.AreEqual((5L, 1L), (reader.Lines, reader.TooLongLines));
        Assert.AreEqual(folder.Segments.Single().Length, reader.Offset);
    }

    [TestMethod]
    public void TryRead_SegmentDeletedMeanwhile_ReadsOn()
    {
        using var folder = new LogFolder();
        var clock = new ManualClock(new DateTime(2026, 11, 21));
        SegmentedLog log = folder.Open(clock);
        foreach (string line in new[] { "first", "second", "third" })
        {
            log.AppendLines(line);
            clock.Now = clock.Now.AddDays(30);
        }

        using var stored = new StoredLines(folder.Path);
        Assert.IsTrue(stored.TryRead(out _));
        File.Delete(folder.Segments[1].Path);

        Assert.IsTrue(stored.TryRead(out ReadOnlySpan<byte> line3));
        Assert.AreEqual("third", Encoding.ASCII.GetString(line3));
        Assert.IsFalse(stored.TryRead(out _));
    }

    [TestMethod]
    public void TryRead_LinesOfFilesThatAreNoSegments_FollowThoseOfSegments()
    {
        using var folder = new LogFolder();
        folder.Open().AppendLines("line");
        foreach (string name in (string[])
            ["notes.jsonl", "0000000001-20261121T093000Z.txt", "xxxxxxxxxx-20261121T093000Z.jsonl", "0000000001-20269921T093000Z.jsonl"])
        {
            File.WriteAllText(Path.Combine(folder.Path, name), $"copied as {name}\n");
        }

        Assert.HasCount(1, folder.Segments);
        Assert.AreSequenceEqual(
            [
                "line", "copied as 0000000001-20269921T093000Z.jsonl", "copied as notes.jsonl", "copied as xxxxxxxxxx-20261121T093000Z.jsonl",
            ],
            folder.ReadLines());
    }

    [TestMethod]
    public void TryRead_NoFolder_HasNoLines()
    {
        using var folder = new LogFolder();

        Assert.IsEmpty(folder.ReadLines());
    }

    private static string? Next(SegmentReader reader) => reader.TryRead(out ReadOnlySpan<byte> line) ? Encoding.ASCII.GetString(line) : null;
}
