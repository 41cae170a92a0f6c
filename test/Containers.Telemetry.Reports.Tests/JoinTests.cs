using System.Text;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Rendering;
using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Reports.Tests;

[TestClass]
public sealed class JoinTests
{
    private static readonly string[] MultiArchitecture =
    [
        TestStore.Inference(1),
        TestStore.Success(1, 2, set: static made => made.Set(DetailFields.ImageRuntime, "linux-x64")),
        TestStore.Success(1, 3, set: static made => made.Set(DetailFields.ImageRuntime, "linux-arm64")),
        TestStore.Success(1, 4, scope: "index", set: static made => made.Set(DetailFields.Duration, 900)),
    ];

    [TestMethod]
    public void TheImagesOfAnIndex_AreNoPublishes()
    {
        using var store = new TestStore();
        store.Write(MultiArchitecture);

        ReportResult report = store.Report(new() { By = ["Scope"] });

        Assert.AreEqual(1, report.Publishes);
        Assert.AreEqual("index", report.Table("by").Cell("Scope"));
        Assert.AreEqual(900L, report.Table("by").Cell("DurationP50"));
    }

    [TestMethod]
    public void AFailedImage_FailsThePublish_EvenIfAnotherOneSucceeded()
    {
        using var store = new TestStore();
        store.Write(TestStore.Success(1, 2), TestStore.Failure(1, 3, "timeout"), TestStore.Failure(1, 4, "local_load"));

        ReportResult report = store.Report(new() { By = ["Error"] });

        Assert.AreEqual("timeout", report.Table("by").Cell("Error"));
        Assert.AreEqual(1L, report.Table("by").Cell("Failed"));
    }

    /// <summary>It failed or was canceled, which nobody saw.</summary>
    [TestMethod]
    public void APublishThatSaysSo_IsUnfinished()
    {
        using var store = new TestStore();
        store.Write(TestStore.Success(1), TestStore.Inference(2), TestStore.Failure(2, error: "unfinished"));

        ReportResult report = store.Report();

        Assert.AreEqual(1, report.Unfinished);
        Assert.AreEqual(0L, report.Table("success-rate").Cell("Failed"));
    }

    [TestMethod]
    public void APublishWithoutOutcome_IsUnfinished()
    {
        using var store = new TestStore();
        store.Write(TestStore.Inference(1), TestStore.Success(2));

        ReportResult report = store.Report();

        Assert.AreEqual(1, report.Publishes);
        Assert.AreEqual(1, report.Unfinished);
        Assert.AreEqual(1L, report.Table("success-rate").Cell("Unfinished"));
    }

    [TestMethod]
    public void EventsOfOnePublishInTwoFiles_AreJoined()
    {
        using var store = new TestStore();
        store.Write(TestStore.Success(1));
        store.Write(TestStore.Inference(1, tag: "8.0"));

        Assert.AreEqual("8.0", store.Report().Table("base-images").Cell("BaseImageTag"));
    }

    [TestMethod]
    public void OrderRepetitionAndFiles_DoNotMatter()
    {
        string[] lines =
        [
            .. MultiArchitecture,
            TestStore.Inference(2), TestStore.Inference(2, tag: "9.0", eventNumber: 9), TestStore.Failure(2, 3), TestStore.Failure(2, 4, "timeout"),
            TestStore.Inference(3), TestStore.Failure(3, 2, "canceled"),
            TestStore.Inference(4, tag: "6.0"), TestStore.Success(4),
            TestStore.Inference(5),
        ];
        string expected = Figures(lines, lines.Length);

        Prop.ForAll(
            Gen.Shuffle(lines).SelectMany(shuffled => Gen.SubListOf(lines).SelectMany(again => Gen.Choose(1, lines.Length).Select(split => (string[])[.. shuffled, .. again, $"{split}"]))).ToArbitrary(),
            input => Figures(input[..^1], int.Parse(input[^1], System.Globalization.CultureInfo.InvariantCulture)) == expected)
            .QuickCheckThrowOnFailure();
    }

    [TestMethod]
    public void RepeatedEvents_AreCountedAsDuplicates()
    {
        using var store = new TestStore();
        store.Write([.. MultiArchitecture, .. MultiArchitecture]);
        store.Write(MultiArchitecture);

        Assert.AreEqual(2 * MultiArchitecture.Length, store.Report().Reading.Duplicates);
    }

    private static string Figures(string[] lines, int split)
    {
        using var store = new TestStore();
        store.Write(lines[..split]);
        store.Write(lines[split..]);
        using var text = new StringWriter(new StringBuilder());
        CsvRenderer.Write(store.Report().Tables, text);
        return text.ToString();
    }
}
