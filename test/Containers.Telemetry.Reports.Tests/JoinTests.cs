using System.Text;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Rendering;
using Containers.Telemetry.Reports.Tables;
using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Reports.Tests;

[TestClass]
public sealed class JoinTests
{
    private static readonly DateTimeOffset Noon = TestStore.Now.AddDays(-1);

    private static readonly string[] MultiArchitecture =
    [
        TestStore.Inference(1),
        Image(1, 2, "linux-x64"),
        Image(1, 3, "linux-arm64"),
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
    public void SeveralImagesToPodman_HaveTheDurationOfThePublish_AndNoSizeOfTheirOwn()
    {
        using var store = new TestStore();
        store.Write(
            Image(1, 2, "linux-x64", size: 111, duration: 300),
            Image(1, 3, "linux-arm64", size: 222, duration: 600),
            TestStore.Success(1, 4, set: static made => made.Set(DetailFields.Duration, 700)));

        ReportResult report = store.Report(new() { By = ["Scope"] });

        Assert.AreEqual(1, report.Publishes);
        Assert.AreEqual(700L, report.Table("by").Cell("DurationP50"));
        Assert.IsNull(report.Table("by").Cell("ImageSizeP50"));
    }

    [TestMethod]
    public void OfTwoFailingImages_TheOneThatEndsThePublish_IsItsError_WhicheverIsFirst()
    {
        using var store = new TestStore();
        store.Write(
            TestStore.Failure(1, 3, "timeout", Noon, ends: false), TestStore.Failure(1, 4, "local_load", Noon.AddSeconds(1)),
            TestStore.Failure(2, 3, "local_load", Noon), TestStore.Failure(2, 4, "timeout", Noon.AddSeconds(1), ends: false));

        ReportResult report = store.Report(new() { By = ["Error"] });

        Assert.AreEqual("local_load", report.Table("by").Cell("Error"));
        Assert.AreEqual(2L, report.Table("by").Cell("Failed"));
    }

    [TestMethod]
    public void AFailedImage_FailsThePublish_EvenIfAnotherOneSucceeded()
    {
        using var store = new TestStore();
        store.Write(Image(1, 2, "linux-x64"), TestStore.Failure(1, 3, "timeout"));

        ReportResult report = store.Report(new() { By = ["Error"] });

        Assert.AreEqual("timeout", report.Table("by").Cell("Error"));
        Assert.AreEqual(1L, report.Table("by").Cell("Failed"));
    }

    /// <summary>The publish failed or was canceled; no process observed which.</summary>
    [TestMethod]
    public void APublishWithTheErrorUnfinished_IsUnfinished()
    {
        using var store = new TestStore();
        store.Write(TestStore.Success(1), TestStore.Inference(2), TestStore.Failure(2, error: "unfinished"));

        ReportResult report = store.Report();

        Assert.AreEqual(1, report.Unfinished);
        Assert.AreEqual(0L, report.Table("success-rate").Cell("Failed"));
    }

    [TestMethod]
    public void SuccessAndErrorThatBothClaimThePublish_AreDecidedByTime_AndThenById()
    {
        using var store = new TestStore();
        store.Write(
            TestStore.Success(1, 9, time: Noon), TestStore.Failure(1, 2, "timeout", Noon.AddTicks(1)),
            TestStore.Success(2, 9, time: Noon), TestStore.Failure(2, 2, "timeout", Noon));

        ReportTable rate = store.Report().Table("success-rate");

        Assert.AreEqual(1L, rate.Cell("Succeeded"));
        Assert.AreEqual(1L, rate.Cell("Failed"));
    }

    // The lower 20 bits of the time in milliseconds overflow between these two events: 2^20 ms are 17.5 minutes.
    [TestMethod]
    public void TheFirstOfTwoInferences_IsThePublishs_WhenTheClocksBitsTurnOverBetweenThem()
    {
        long turn = (Noon.ToUnixTimeMilliseconds() >> 20) << 20;
        DateTimeOffset before = DateTimeOffset.FromUnixTimeMilliseconds(turn - 1);
        DateTimeOffset after = DateTimeOffset.FromUnixTimeMilliseconds(turn);
        string first = Inferred(before, "8.0");
        string second = Inferred(after, "9.0");
        string end = TestStore.Success(1, time: after);
        using var store = new TestStore();
        using var reversed = new TestStore();
        store.Write(first, second, end);
        reversed.Write(end, second, first);

        Assert.AreEqual("8.0", store.Report().Table("base-images").Cell("BaseImageTag"));
        Assert.AreEqual("8.0", reversed.Report().Table("base-images").Cell("BaseImageTag"));

        static string Inferred(DateTimeOffset time, string tag)
        {
            var made = new ContainerEvent(EventNames.Inference);
            made.SetBaseImage("mcr.microsoft.com/dotnet/aspnet", tag);
            made.Set(DetailFields.Time, time);
            made.Set(DetailFields.EventId, Guid.CreateVersion7(time));
            made.Set(DetailFields.PublishId, TestStore.Id(0xF, 1));
            return TestStore.Line(made);
        }
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
            TestStore.Inference(6), Image(6, 2, "linux-x64", size: 5, duration: 7), Image(6, 3, "linux-arm64"),
            TestStore.Failure(7, 3, "timeout", Noon, ends: false), TestStore.Failure(7, 4, "local_load", Noon.AddSeconds(1)),
            TestStore.Inference(2), TestStore.Inference(2, tag: "9.0", eventNumber: 9), TestStore.Failure(2, 3), TestStore.Failure(2, 4, "timeout"),
            TestStore.Inference(3), TestStore.Failure(3, 2, "canceled"),
            TestStore.Inference(4, tag: "6.0"), TestStore.Success(4),
            TestStore.Inference(5),
        ];
        string expected = Figures(lines, lines.Length);

        Prop.ForAll(
            Gen.Shuffle(lines)
                .SelectMany(shuffled =>
                    Gen.SubListOf(lines).SelectMany(again => Gen.Choose(1, lines.Length).Select(split => (string[])[.. shuffled, .. again, $"{split}"])))
                .ToArbitrary(),
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

    private static string Image(int publish, int eventNumber, string runtime, long size = 1, long duration = 1) => TestStore.Success(
        publish,
        eventNumber,
        set: made =>
        {
            made.Set(DetailFields.ImageRuntime, runtime);
            made.Set(DetailFields.ImageSize, size);
            made.Set(DetailFields.Duration, duration);
        },
        ends: false);

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
