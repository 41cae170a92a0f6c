using System.Text;

namespace Containers.Telemetry.Http;

[TestClass]
public sealed class PartialSuccessTests
{
    private const string Start = "{\"partialSuccess\":{\"rejectedLogRecords\":\"2\",\"errorMessage\":\"";

    [TestMethod]
    [DataRow("the quota is used up", "the quota is used up")]
    [DataRow("say \\\"no\\\"", "say \"no\"")]
    [DataRow(@"\u001b[31mred\n", "\uFFFD[31mred ")]
    [DataRow("caf\u00e9 \u202e", "caf\u00e9 \uFFFD")]
    [DataRow("", null)]
    [DataRow(@"half \ud800", null)]
    public void A_message_is_one_line_of_harmless_text(string message, string? expected)
    {
        PartialSuccess read = PartialSuccess.Read(Encoding.UTF8.GetBytes(Start + message + "\"}}"));

        Assert.AreEqual(new PartialSuccess(2, expected), read);
    }

    [TestMethod]
    public void A_message_in_binary_form_is_read_alike()
    {
        byte[] message = Encoding.UTF8.GetBytes("\e" + new string('x', 120));
        byte[] response = [0x0a, (byte)(message.Length + 4), 0x08, 2, 0x12, (byte)message.Length, .. message];

        Assert.AreEqual(new PartialSuccess(2, "\uFFFD" + new string('x', 120)), PartialSuccess.ReadProtobuf(response));
    }

    [TestMethod]
    public void A_very_long_message_is_cut()
    {
        PartialSuccess read = PartialSuccess.Read(Encoding.UTF8.GetBytes(Start + new string('x', 50_000) + "\"}}"));

        Assert.AreEqual(new string('x', PartialSuccess.MaxMessageLength), read.Message);
    }
}
