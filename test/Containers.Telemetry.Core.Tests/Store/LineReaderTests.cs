using System.Text;
using Containers.Telemetry.Store;
using Containers.Telemetry.TestInfrastructure;
using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Core.Tests.Store;

[TestClass]
public sealed class LineReaderTests
{
    private const int MaxLineBytes = 8;

    [TestMethod]
    public void AnyStream_InAnyPieces_IsCutAtItsLineFeeds()
    {
        Gen<string> texts = Gen.ArrayOf(Gen.Frequency((4, Gen.Elements('a', 'b')), (1, Gen.Constant('\n')))).Select(characters => new string(characters));
        Gen<(string Text, int Piece)> streams = from text in texts from piece in Gen.Choose(1, 12) select (text, piece);

        Prop.ForAll(streams.ToArbitrary(), stream => Read(stream.Text, stream.Piece).SequenceEqual(Cut(stream.Text))).QuickCheckThrowOnFailure();
    }

    [TestMethod]
    public void StreamThatGrows_IsReadFurther()
    {
        using var stream = new MemoryStream();
        var reader = new LineReader(stream, MaxLineBytes);

        Assert.AreEqual((LinePart.None, ""), Next(reader));
        Append(stream, "a\nb");
        Assert.AreEqual((LinePart.Whole, "a"), Next(reader));
        Assert.AreEqual((LinePart.Unfinished, "b"), Next(reader));
        Append(stream, "c\n1234567890");
        Assert.AreEqual((LinePart.Whole, "bc"), Next(reader));
        Assert.AreEqual((LinePart.TooLong, "12345678"), Next(reader));
        Assert.AreEqual((LinePart.None, ""), Next(reader));
        Assert.AreEqual("a\nbc\n".Length, reader.Offset);
        Append(stream, "\nd\n");
        Assert.AreEqual((LinePart.Whole, "d"), Next(reader));
        Assert.AreEqual(stream.Length, reader.Offset);
    }

    [TestMethod]
    public void LineThatWasPutBack_IsReadAgain()
    {
        using var stream = new MemoryStream("a\nb\n"u8.ToArray());
        var reader = new LineReader(stream, MaxLineBytes);
        Next(reader);

        Assert.AreEqual((LinePart.Whole, "b"), Next(reader));
        reader.PutBack();

        Assert.AreEqual(2, reader.Offset);
        Assert.AreEqual((LinePart.Whole, "b"), Next(reader));
    }

    private static (LinePart, string) Next(LineReader reader) => (reader.Read(out ReadOnlySpan<byte> line), Encoding.ASCII.GetString(line));

    private static void Append(MemoryStream stream, string text)
    {
        long position = stream.Position;
        stream.Position = stream.Length;
        stream.Write(Encoding.ASCII.GetBytes(text));
        stream.Position = position;
    }

    private static List<(LinePart, string, long)> Read(string text, int piece)
    {
        using var stream = new PiecewiseStream(Encoding.ASCII.GetBytes(text), piece);
        var reader = new LineReader(stream, MaxLineBytes);
        var found = new List<(LinePart, string, long)>();
        (LinePart Part, string Line) next;
        do
        {
            next = Next(reader);
            found.Add((next.Part, next.Line, next.Part is LinePart.None ? 0 : reader.LineStart));
        }
        while (next.Part is LinePart.Whole or LinePart.TooLong);

        return found;
    }

    // The same result by definition: the text between two line feeds is a line.
    private static IEnumerable<(LinePart, string, long)> Cut(string text)
    {
        string[] lines = text.Split('\n');
        long start = 0;
        foreach (string line in lines[..^1])
        {
            yield return line.Length < MaxLineBytes ? (LinePart.Whole, line, start) : (LinePart.TooLong, line[..MaxLineBytes], start);
            start += line.Length + 1;
        }

        if (lines[^1].Length >= MaxLineBytes)
        {
            yield return (LinePart.TooLong, lines[^1][..MaxLineBytes], start);
        }

        yield return lines[^1].Length is > 0 and < MaxLineBytes ? (LinePart.Unfinished, lines[^1], start) : (LinePart.None, "", 0);
    }
}
