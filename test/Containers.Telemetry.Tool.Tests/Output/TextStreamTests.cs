using System.Text;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Tests.Output;

[TestClass]
public sealed class TextStreamTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    [DataRow(4096)]
    [DataRow(100_000)]
    public void Write_PartsOfAnyLength_GiveTheText(int length)
    {
        string text = string.Concat(Enumerable.Repeat("a\u00e9\u4e16\U0001f4e6", 5_000));
        using var output = new StringWriter();
        using var stream = new TextStream(output);

        foreach (byte[] part in Encoding.UTF8.GetBytes(text).Chunk(length))
        {
            stream.Write(part);
        }

        Assert.AreEqual(text, output.ToString());
    }
}
