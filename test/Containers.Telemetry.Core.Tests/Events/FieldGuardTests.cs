using System.Text.Json;
using Containers.Telemetry.Classification;
using Containers.Telemetry.Events.Schema;
using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Events;

[TestClass]
public sealed class FieldGuardTests
{
    // Values close to allowed ones, and values that must never be in an event.
    private static readonly string[] Seeds =
    [
        .. EventSchema.Fields.Select(field => field.Example),
        .. EventSchema.Fields.Where(field => field.AllowedValues.Length > 0).Select(field => field.AllowedValues[^1]),
        "10.0", "10.0.100-preview.3.25171.5", "linux-musl-arm64", "10.0-noble-chiseled-extra",
        "mcr.microsoft.com/dotnet/runtime-deps", "mcr.microsoft.com/contoso/secret",
        "contoso.azurecr.io", "/home/alice/src/app", @"C:\Users\alice", "P@ssw0rd", "alice@contoso.example", "+019ab2c4-5d6e-7f80-9a1b-2c3d4e5f607",
    ];

    [TestMethod]
    public void AnyText_InEveryField_IsDroppedUnlessItsClosedKindAllowsIt() =>
        Prop.ForAll(
            Mutations.Of(Seeds),
            Mutations.Of(Seeds),
            (text, other) =>
            {
                ContainerEvent filled = Fill(text, other);

                CheckPreview(filled);
                CheckSdkChannel(filled);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [TestMethod]
    [DataRow("/home/alice/src/app")]
    [DataRow("contoso.azurecr.io/team/app:1")]
    [DataRow("{\"a\":1}\n")]
    [DataRow("")]
    [DataRow("\0")]
    public void TextOfTheUser_InEveryField_IsDropped(string text)
    {
        ContainerEvent filled = Fill(text, text);

        // The guard replaces a user's runtime identifier by "other", because the field must be present.
        foreach ((EventField field, object value) in filled.Values.Where(value => value.Key != InferenceFields.BaseImage))
        {
            Assert.IsTrue(field.Kind is FieldKind.RuntimeIdentifier or FieldKind.RuntimeIdentifiers, field.Name);
            Assert.IsTrue(value is "other" or string[] and ["other", "other"], field.Name);
        }
    }

    [TestMethod]
    public void AnySize_IsRoundedByOnePercent_AndTheSameWhenReadAgain() =>
        Prop.ForAll(Gen.Choose(0, 40).SelectMany(bits => Gen.Choose(0, 1 << 20).Select(value => (((long)value) << bits) >> 20)).ToArbitrary(), static size =>
        {
            long rounded = FieldGuard.Count(DetailFields.ImageSize, size)!.Value;

            Assert.IsLessThanOrEqualTo(Math.Max(size / 100, 1 << 20), Math.Abs(rounded - size));
            Assert.AreEqual(rounded, FieldGuard.Count(DetailFields.ImageSize, rounded));
            Assert.AreEqual(size == 0, rounded == 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [TestMethod]
    public void Counts_HaveAThousandValuesAtMost_ButDurations()
    {
        var sizes = new HashSet<long?>();
        for (long size = 1; size < 1L << 41; size += (size / 200) + 1)
        {
            sizes.Add(FieldGuard.Count(DetailFields.ImageSize, size));
        }

        Assert.IsLessThanOrEqualTo(1000, sizes.Count);
        Assert.AreEqual(1L << 40, FieldGuard.Count(DetailFields.ImageSize, long.MaxValue));
        Assert.AreEqual(999, FieldGuard.Count(DetailFields.LabelCount, 4321));
        Assert.AreEqual(4321, FieldGuard.Count(DetailFields.Duration, 4321));
        Assert.IsNull(FieldGuard.Count(DetailFields.LabelCount, -1));
    }

    [TestMethod]
    [DataRow("10.0.401", true)]
    [DataRow("10", true)]
    [DataRow("10.0.100-preview.3.25171.5", true)]
    [DataRow("18.0.0-dev", true)]
    [DataRow("10.0.100-alice", false)]
    [DataRow("10.0.401+e34a38d2ae", false)]
    [DataRow("1.2.3.4.5", false)]
    [DataRow("123456789", false)]
    [DataRow("1..2", false)]
    [DataRow("1.", false)]
    [DataRow("1.0-", false)]
    [DataRow("-rc", false)]
    [DataRow("rc", false)]
    [DataRow(" 1.0", false)]
    [DataRow("1.0\n", false)]
    [DataRow("", false)]
    public void Text_Version_IsNumbersAndKnownWords(string text, bool allowed) =>
        Assert.AreEqual(allowed ? text : null, FieldGuard.Text(SurroundingsFields.SdkVersion, text));

    [TestMethod]
    [DataRow("2026-11-20T09:30:00.0000000+00:00", true)]
    [DataRow("2026-11-20T09:30:00.0000000Z", true)]
    [DataRow("2026-11-20T09:30:00.0000000+0:00", false)]
    [DataRow("2026-11-20T09:30:00.0000000-00:00", false)]
    [DataRow("2026-11-20T09:30:00.0000000+01:00", false)]
    [DataRow("2026-11-20T09:30:00.0000000", false)]
    [DataRow("2026-11-20T09:30:00Z", false)]
    public void Text_Timestamp_IsUtcInTheRoundTripFormat(string text, bool allowed) =>
        Assert.AreEqual(allowed ? text : null, FieldGuard.Text(DetailFields.Time, text));

    [TestMethod]
    [DataRow("CONTAINER1013", true)]
    [DataRow("MSB4018", true)]
    [DataRow("NETSDK1194", true)]
    [DataRow("CONTAINER101", false)]
    [DataRow("CONTAINER10133", false)]
    [DataRow("msb4018", false)]
    [DataRow("CS1591", false)]
    [DataRow("MSBabcd", false)]
    public void Text_DiagnosticCode_IsOfAKnownScheme(string text, bool allowed) =>
        Assert.AreEqual(allowed ? text : null, FieldGuard.Text(DetailFields.ErrorCode, text));

    [TestMethod]
    public void Texts_UnknownRuntimeIdentifiers_BecomeOther() =>
        CollectionAssert.AreEqual(
            new[] { "linux-x64", "other", "linux-arm64" },
            FieldGuard.Texts(InferenceFields.TargetRuntime, ["linux-x64", "contoso-os", "linux-arm64"]));

    [TestMethod]
    public void Texts_UnknownChoices_AreLeftOut() =>
        CollectionAssert.AreEqual(
            new[] { "ContainerFamily" },
            FieldGuard.Texts(DetailFields.FeaturesUsed, ["ContainerSecret", "ContainerFamily", "containerfamily"]));

    private static ContainerEvent Fill(string text, string other)
    {
        var filled = new ContainerEvent(EventNames.Error);
        foreach (EventField field in EventSchema.Fields)
        {
            Examples.SetText(filled, field, text, other);
        }

        filled.SetBaseImage(text, other);
        filled.SetBaseImage(InferenceFields.BaseImage.Example, text);
        return filled;
    }

    private static void CheckPreview(ContainerEvent filled)
    {
        foreach (string line in PreviewFormat.Lines(filled))
        {
            Assert.DoesNotContain('\n', line);
            Assert.DoesNotContain('\r', line);
        }

        string json = PreviewFormat.Json(filled);
        Assert.DoesNotContain('\n', json);
        Assert.DoesNotContain('\r', json);

        using JsonDocument document = JsonDocument.Parse(json);
        foreach (JsonProperty property in document.RootElement.EnumerateObject().Where(property => property.Name != "Event"))
        {
            EventField field = EventSchema.Fields.Single(field => field.Name == property.Name);
            foreach (string value in StringsOf(property.Value))
            {
                string bare = field.Kind is FieldKind.TargetFramework ? value["net".Length..] : value;
                Assert.IsTrue(ClosedKinds.Allows(field, bare), $"{field.Name} = {value}");
            }
        }
    }

    private static void CheckSdkChannel(ContainerEvent filled)
    {
        foreach ((string key, string value) in SdkFormat.Properties(filled))
        {
            Assert.IsNotNull(value, key);
            EventField field = EventSchema.Fields.Single(field => field.SdkKey == key);
            foreach (string part in field.Kind is FieldKind.RuntimeIdentifiers ? value.Split(field.SdkSeparator) : [value])
            {
                Assert.IsTrue(field.SdkValues.Contains(part) || ClosedKinds.Allows(field, part), $"{key} = {value}");
            }
        }
    }

    private static IEnumerable<string> StringsOf(JsonElement value) =>
        value.ValueKind is JsonValueKind.Array ? value.EnumerateArray().Select(element => element.GetString()!) : [value.GetString()!];
}
