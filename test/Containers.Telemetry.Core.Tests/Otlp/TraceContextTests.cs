namespace Containers.Telemetry.Otlp;

[TestClass]
public sealed class TraceContextTests
{
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static readonly Guid PublishId = Guid.Parse("019ab2c4-5d6e-7f80-9a1b-2c3d4e5f6070");

    [TestMethod]
    public void Create_NoTraceparent_IsATraceOfItsOwn()
    {
        var own = TraceContext.Create(PublishId, null, "vendor=value");

        Assert.AreEqual("9a1b2c3d4e5f6070019ab2c45d6e7f80", own.TraceId);
        Assert.AreEqual("9a1b2c3d4e5f6070", own.SpanId);
        Assert.IsNull(own.ParentSpanId);
        Assert.IsNull(own.TraceState);
        Assert.AreEqual(1, own.Flags);
        Assert.IsTrue(own.IsSampled);
    }

    [TestMethod]
    public void Create_Traceparent_JoinsItsTrace()
    {
        var joined = TraceContext.Create(PublishId, Parent, "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE");

        Assert.AreEqual("0af7651916cd43dd8448eb211c80319c", joined.TraceId);
        Assert.AreEqual("9a1b2c3d4e5f6070", joined.SpanId);
        Assert.AreEqual("b7ad6b7169203331", joined.ParentSpanId);
        Assert.AreEqual("rojo=00f067aa0ba902b7,congo=t61rcWkgMzE", joined.TraceState);
    }

    [TestMethod]
    [DataRow("00", 0, false)]
    [DataRow("01", 1, true)]
    [DataRow("02", 2, false)]
    [DataRow("03", 3, true)]
    [DataRow("fe", 2, false)]
    [DataRow("ff", 3, true)]
    public void Create_Flags_AreThoseThatHaveAMeaning(string flags, int expected, bool isSampled)
    {
        var joined = TraceContext.Create(PublishId, Parent[..^2] + flags, null);

        Assert.AreEqual(expected, joined.Flags);
        Assert.AreEqual(isSampled, joined.IsSampled);
    }

    [TestMethod]
    [DataRow("", DisplayName = "empty")]
    [DataRow("00", DisplayName = "short")]
    [DataRow("ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", DisplayName = "version ff")]
    [DataRow("0g-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", DisplayName = "version not hexadecimal")]
    [DataRow("00-00000000000000000000000000000000-b7ad6b7169203331-01", DisplayName = "trace of zeros")]
    [DataRow("00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01", DisplayName = "span of zeros")]
    [DataRow("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01", DisplayName = "upper case")]
    [DataRow("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0", DisplayName = "flags too short")]
    [DataRow("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0x", DisplayName = "flags not hexadecimal")]
    [DataRow("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more", DisplayName = "version 00 with more")]
    [DataRow("01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more", DisplayName = "more without a hyphen")]
    [DataRow("00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", DisplayName = "wrong separator")]
    [DataRow(" 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", DisplayName = "leading space")]
    public void Create_BadTraceparent_IsIgnored(string traceparent)
    {
        var own = TraceContext.Create(PublishId, traceparent, "vendor=value");

        Assert.AreEqual("9a1b2c3d4e5f6070019ab2c45d6e7f80", own.TraceId);
        Assert.IsNull(own.ParentSpanId);
        Assert.IsNull(own.TraceState);
    }

    [TestMethod]
    [DataRow("01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]
    [DataRow("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-the-future-will-be-like")]
    public void Create_LaterVersion_IsReadAsFarAsItIsKnown(string traceparent) =>
        Assert.AreEqual("b7ad6b7169203331", TraceContext.Create(PublishId, traceparent, null).ParentSpanId);

    [TestMethod]
    [DataRow("a=1")]
    [DataRow("a=1 , b=2,\tc=3")]
    [DataRow("a=1,,b=2,")]
    [DataRow("fw529a3039@dt=FfAQvJaNsz")]
    [DataRow("0tenant@sys=x y")]
    [DataRow("a-_*/0=!\"#$%&'()*+-./:;<>?@[]^_`{|}~")]
    public void Create_Tracestate_IsPassedOn(string tracestate) => Assert.AreEqual(tracestate, TraceContext.Create(PublishId, Parent, tracestate).TraceState);

    [TestMethod]
    [DataRow("")]
    [DataRow(" , ,")]
    [DataRow("a")]
    [DataRow("a=")]
    [DataRow("=1")]
    [DataRow("A=1")]
    [DataRow("a=1=2")]
    [DataRow("a =1")]
    [DataRow("a=1,a=2")]
    [DataRow("a=\u00e9")]
    [DataRow("a=1\nb=2")]
    [DataRow("a=\u007f")]
    [DataRow("a@=1")]
    [DataRow("@a=1")]
    [DataRow("a@0b=1")]
    [DataRow("a@b@c=1")]
    [DataRow("a@abcdefghijklmno=1")]
    public void Create_BadTracestate_IsDropped(string tracestate)
    {
        var joined = TraceContext.Create(PublishId, Parent, tracestate);

        Assert.AreEqual("b7ad6b7169203331", joined.ParentSpanId);
        Assert.IsNull(joined.TraceState);
    }

    [TestMethod]
    [DataRow(32, true)]
    [DataRow(33, false)]
    public void Create_Tracestate_HasAtMost32Members(int members, bool isKept)
    {
        string tracestate = string.Join(',', Enumerable.Range(0, members).Select(i => "k" + i + "=v"));

        Assert.AreEqual(isKept, TraceContext.Create(PublishId, Parent, tracestate).TraceState is not null);
    }

    [TestMethod]
    [DataRow(512, true)]
    [DataRow(513, false)]
    public void Create_Tracestate_HasAtMost512Characters(int length, bool isKept)
    {
        string tracestate = "a=" + new string('x', 254) + ",b=" + new string('y', length - 259);

        Assert.HasCount(length, tracestate);
        Assert.AreEqual(isKept, TraceContext.Create(PublishId, Parent, tracestate).TraceState is not null);
    }
}
