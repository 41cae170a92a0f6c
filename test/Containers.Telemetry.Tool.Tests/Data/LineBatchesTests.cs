using System.Text;
using Containers.Telemetry.Tool.Data;

namespace Containers.Telemetry.Tool.Tests.Data;

[TestClass]
public sealed class LineBatchesTests
{
    [TestMethod]
    [DataRow("", new string[0])]
    [DataRow("a\nb\n", new[] { "a\nb\n" })]
    [DataRow("aaa\nbbb\nccc\n", new[] { "aaa\nbbb\n", "ccc\n" })]
    [DataRow("a\nlonger than a batch\nb\n", new[] { "a\n", "longer than a batch\n", "b\n" })]
    public void Lines_stay_whole_and_all_are_handed_over(string lines, string[] batches)
    {
        using var stream = new MemoryStream();
        stream.Write(Encoding.UTF8.GetBytes(lines));
        var appended = new List<string>();

        LineBatches.Append(stream, mostBytes: 8, batch => appended.Add(Encoding.UTF8.GetString(batch)));

        CollectionAssert.AreEqual(batches, appended);
    }
}
