using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Failures;

[TestClass]
public sealed class ErrorCodesTests
{
    [TestMethod]
    [DataRow("therAINER1013")]
    [DataRow("CONTAINER4711")]
    [DataRow("container1013")]
    public void KindOf_TextThatOnlyLooksLikeACode_IsNone(string text)
    {
        Assert.IsNull(ErrorCodes.KindOf(text));
        Assert.IsNull(ErrorCodes.FindIn($"The folder /{text}/ is not there."));
    }

    [TestMethod]
    [DataRow("CONTAINER1013: Failed to push to the output registry", "CONTAINER1013")]
    [DataRow("Containerize: error CONTAINER004: CONTAINER1014: Manifest pull failed.", "CONTAINER1014")]
    [DataRow("error : (CONTAINER1005)", "CONTAINER1005")]
    [DataRow("エラー CONTAINER1018：イメージをダウンロードできません", "CONTAINER1018")]
    [DataRow("Fehler»CONTAINER1001«", "CONTAINER1001")]
    [DataRow("CONTAINERCONTAINER1001", null)]
    [DataRow("CONTAINER CONTAINER1001", "CONTAINER1001")]
    [DataRow("CONTAINER1001 and CONTAINER1002", "CONTAINER1001")]
    [DataRow("CONTAINER12345 then CONTAINER2009", "CONTAINER2009")]
    [DataRow("CONTAINER2009", "CONTAINER2009")]
    [DataRow("CONTAINER004: three digits are of the old scheme", null)]
    [DataRow("CONTAINER101", null)]
    [DataRow("CONTAINER10137", null)]
    [DataRow("CONTAINER1013a", null)]
    [DataRow("MYCONTAINER1013", null)]
    [DataRow("container1013", null)]
    [DataRow("CONTAINER１０１３", null)]
    [DataRow("CONTAINER", null)]
    [DataRow("", null)]
    [DataRow(null, null)]
    public void FindIn_Text_GivesTheFirstCodeThatIsAWord(string? text, string? expected) => Assert.AreEqual(expected, ErrorCodes.FindIn(text));

    [TestMethod]
    public void FindIn_AnyText_GivesNothingOrACodeThatIsInIt() =>
        Prop.ForAll<string?>(text => ErrorCodes.FindIn(text) is not { } code
            || (code.Length == ErrorCodes.Length && text!.Contains(code, StringComparison.Ordinal)))
            .QuickCheckThrowOnFailure();

    [TestMethod]
    public void FindIn_CodeInAnySentence_FindsIt() =>
        Prop.ForAll<NonNull<string>, NonNull<string>>((before, after) => ErrorCodes.FindIn(before.Get + " CONTAINER1017 " + after.Get) == "CONTAINER1017")
            .QuickCheckThrowOnFailure();

    [TestMethod]
    public void KindOf_AnyText_KnowsNoKindWithoutACode() =>
        Prop.ForAll<string?>(text => ErrorCodes.KindOf(text) is null || ErrorCodes.FindIn(text) == text).QuickCheckThrowOnFailure();

    [TestMethod]
    [DataRow("CONTAINER1011", ErrorKind.RidMismatch)]
    [DataRow("CONTAINER1015", ErrorKind.UnknownRepository)]
    [DataRow("CONTAINER1016", ErrorKind.CredentialFailure)]
    [DataRow("CONTAINER1019", ErrorKind.CredentialFailure)]
    [DataRow("CONTAINER2005", ErrorKind.InvalidRepositoryName)]
    [DataRow("CONTAINER2011", ErrorKind.MissingPublishDirectory)]
    [DataRow("CONTAINER2021", ErrorKind.InvalidEntrypoint)]
    [DataRow("CONTAINER2029", ErrorKind.InvalidEntrypoint)]
    [DataRow("CONTAINER4006", ErrorKind.InvalidConfiguration)]
    public void KindOf_KnownCode_GivesItsKind(string code, ErrorKind expected) => Assert.AreEqual(expected, ErrorCodes.KindOf(code));

    /// <summary>The codes in the resource tables of the SDKs 8.0.2xx, 8.0.4xx, 9.0.1xx, 10.0.1xx, 10.0.2xx and 11.0 (June 2026).</summary>
    [TestMethod]
    public void KindOf_CodeOfAnySdk_IsKnown()
    {
        (int First, int Last)[] ranges = [(0, 0), (1001, 1020), (2001, 2005), (2007, 2013), (2015, 2031), (3001, 3002), (4001, 4006)];

        CollectionAssert.AreEqual(
            ranges.SelectMany(range => Enumerable.Range(range.First, range.Last - range.First + 1))
                .Select(number => "CONTAINER" + number.ToString("D4", CultureInfo.InvariantCulture))
                .ToArray(),
            Known().ToArray());
    }

    [TestMethod]
    [DataRow("CONTAINER9999")]
    [DataRow("CONTAINER1013 ")]
    [DataRow("CONTAINER 101")]
    [DataRow("CONTAINER+101")]
    [DataRow("NETSDK1013")]
    [DataRow("")]
    [DataRow(null)]
    public void KindOf_AnythingElse_GivesNone(string? code) => Assert.IsNull(ErrorCodes.KindOf(code));

    [TestMethod]
    public void HasFurtherCause_CodeOfASettingOrOfADiagnosis_IsTheWholeAnswer()
    {
        string[] withCause = [.. Known().Where(ErrorCodes.HasFurtherCause)];

        CollectionAssert.AreEqual(
            new[] { "CONTAINER1001", "CONTAINER1005", "CONTAINER1013", "CONTAINER1014", "CONTAINER1016", "CONTAINER1017", "CONTAINER1018" },
            withCause);
    }

    [TestMethod]
    public void DirectionOf_CodeWhoseKindHasNoDirection_IsNone()
    {
        foreach (string code in Known().Where(code => !ErrorKinds.HasDirection(ErrorCodes.KindOf(code)!.Value)))
        {
            Assert.AreEqual(TransferDirection.None, ErrorCodes.DirectionOf(code), code);
        }
    }

    private static IEnumerable<string> Known() =>
        Enumerable.Range(0, 10_000)
            .Select(number => "CONTAINER" + number.ToString("D4", CultureInfo.InvariantCulture))
            .Where(code => ErrorCodes.KindOf(code) is not null);
}
