using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Core.Tests.Surroundings;

[TestClass]
public sealed class NumericVersionTests
{
    [TestMethod]
    [DataRow("12", "12")]
    [DataRow("0", "0")]
    [DataRow("24.04", "24.04")]
    [DataRow("24.4", "24.4")]
    [DataRow("10.0.26100.1", "10.0")]
    [DataRow("9999.9999", "9999.9999")]
    [DataRow("6.8.0-45-secret", "6.8")]
    public void Parse_Numbers_KeepsTheFirstTwoAsWritten(string text, string expected) =>
        Assert.AreEqual(expected, NumericVersion.Parse(text)?.ToString());

    [TestMethod]
    [DataRow("")]
    [DataRow(".")]
    [DataRow("1.")]
    [DataRow(".1")]
    [DataRow("10000")]
    [DataRow("1.10000")]
    [DataRow("+1")]
    [DataRow(" 1")]
    [DataRow("1,5")]
    [DataRow("\u0661\u0662", DisplayName = "Digits of another script")]
    public void Parse_AnythingElse_ReturnsNull(string text) => Assert.IsNull(NumericVersion.Parse(text));

    [TestMethod]
    public void From_Version_EqualsTheParsedText() =>
        Assert.AreEqual(NumericVersion.Parse("6.12"), NumericVersion.From(new Version(6, 12, 44, 1)));

    [TestMethod]
    public void From_VersionOutOfBounds_ReturnsNull()
    {
        Assert.IsNull(NumericVersion.From(new Version(123456, 0)));
        Assert.IsNull(NumericVersion.From(null));
    }
}
