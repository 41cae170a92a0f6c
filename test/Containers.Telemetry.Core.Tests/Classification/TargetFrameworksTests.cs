using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Classification;

[TestClass]
public sealed class TargetFrameworksTests
{
    [TestMethod]
    [DataRow("10.0", "10.0")]
    [DataRow("10.0.0", "10.0")]
    [DataRow("v10.0", "10.0")]
    [DataRow("8.0.1.2", "8.0")]
    [DataRow("v4.7.2", "4.7")]
    [DataRow("08.00", "8.0")]
    public void MajorMinor_Version_IsItsFirstTwoParts(string version, string expected) =>
        Assert.AreEqual(expected, TargetFrameworks.MajorMinor(version));

    [TestMethod]
    [DataRow(null)]
    [DataRow("")]
    [DataRow("v")]
    [DataRow("10")]
    [DataRow("10.")]
    [DataRow(".0")]
    [DataRow("10.0.")]
    [DataRow("10.0.0.0.0")]
    [DataRow("V10.0")]
    [DataRow("vv10.0")]
    [DataRow("0.0")]
    [DataRow("100.0")]
    [DataRow("10.100")]
    [DataRow("10.0.12345")]
    [DataRow("10.0-preview")]
    [DataRow("net10.0")]
    [DataRow(" 10.0")]
    [DataRow("-10.0")]
    [DataRow("١٠.٠")]
    public void MajorMinor_AnyOtherText_IsNull(string? version) => Assert.IsNull(TargetFrameworks.MajorMinor(version));

    [TestMethod]
    public void MajorMinor_AnyText_IsNullOrTwoBoundedNumbers() =>
        Prop.ForAll(Mutations.Of("10.0", "v8.0.1.2", "4.7.2"), text =>
            TargetFrameworks.MajorMinor(text) is not { } version || Vocabulary.Covers(version, [], maxDigits: 2))
            .QuickCheckThrowOnFailure();
}
