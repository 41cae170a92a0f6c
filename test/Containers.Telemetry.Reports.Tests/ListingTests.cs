using System.Text.Json;
using Containers.Telemetry.Reports.Listing;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.StoreGenerator;

namespace Containers.Telemetry.Reports.Tests;

/// <summary>Lists of publishes.</summary>
[TestClass]
public sealed class ListingTests
{
    private const int Publishes = 2000;

    private static readonly IReadOnlyList<ReportField> Fields = PublishFields.All(["team"]);
    private static string _folder = "";
    private static PublishList _all = null!;

    private static string LastFile => Directory.GetFiles(_folder).Order(StringComparer.Ordinal).Last();

    [ClassInitialize]
    public static void Initialize(TestContext context)
    {
        _ = context;
        _folder = Directory.CreateTempSubdirectory("containers-telemetry-listing-").FullName;
        GeneratedStore.Write(_folder, Publishes, seed: 7);
        _all = Read(new ListQuery { Fields = Fields });
    }

    [ClassCleanup]
    public static void Cleanup() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(20)]
    [DataRow(150)]
    [DataRow(5000)]
    public void TheLastPublishes_AreThoseOfTheWholeStore(int count)
    {
        PublishList last = Read(new ListQuery { Fields = Fields, Last = count });

        Assert.AreEqual(Lines(_all.Publishes.TakeLast(count)), Lines(last.Publishes));
    }

    [TestMethod]
    public void TheLastPublishes_NeedNoMoreThanTheEndOfTheStore() =>
        Assert.IsLessThan(_all.Reading.Lines / 5, Read(new ListQuery { Fields = Fields, Last = 20 }).Reading.Lines);

    [TestMethod]
    public void AnUnreadableLineNearTheEnd_IsNamedByItsNumberInTheFile()
    {
        string[] lines = File.ReadAllLines(LastFile);
        using var store = new TestStore();
        int number = lines.Length - 2;
        string file = store.Write([.. lines[..(number - 1)], "damaged", .. lines[(number - 1)..]]);

        ReadingStatistics reading = ListLast(3, store).Reading;

        Assert.IsLessThan(lines.Length, reading.Lines);
        Assert.AreEqual(new UnreadableLine(file, number, LineProblem.Corrupt), reading.FirstUnreadable.Single());
    }

    [TestMethod]
    public void AFileWithGarbageOfWhichOnlyTheEndIsRead_IsNotForeign()
    {
        string[] lines = File.ReadAllLines(LastFile);
        using var store = new TestStore();
        store.Write([.. lines, .. Enumerable.Repeat("damaged", 100_000)]);
        store.Write(lines);
        int publishes = PublishList.Read([LastFile], new ListQuery { Fields = Fields }, progress: null, TestStore.Now).Publishes.Count;

        ReadingStatistics reading = ListLast(publishes - 1, store).Reading;

        Assert.IsGreaterThan(0, reading.Unreadable);
        Assert.IsEmpty(reading.ForeignFiles);
    }

    [TestMethod]
    public void AFilter_ListsOnlyMatchingPublishes()
    {
        Assert.IsEmpty(ReportQuery.Parse(new() { Where = ["Outcome=error and PushType=Azure"] }, TestStore.Now, out ReportQuery query));

        PublishList found = Read(new ListQuery { Fields = Fields, Where = query.Where });

        int push = Fields.ToList().FindIndex(static field => field.Name == "PushType");
        Assert.AreEqual(Lines(_all.Publishes.Where(publish => publish is { Outcome: "error" } && publish.Values[push] is "Azure")), Lines(found.Publishes));
        Assert.IsNotEmpty(found.Publishes);
    }

    [TestMethod]
    public void Unfinished_ListsPublishesWithoutAnEnd()
    {
        PublishList found = Read(new ListQuery { Fields = Fields, Outcome = "unfinished" });

        Assert.AreEqual(Lines(_all.Publishes.Where(static publish => publish.Outcome == "unfinished")), Lines(found.Publishes));
        Assert.IsNotEmpty(found.Publishes);
    }

    [TestMethod]
    public void Unfinished_AreThoseThatAFilterFinds()
    {
        Assert.IsEmpty(ReportQuery.Parse(new() { Where = ["Outcome=unfinished"] }, TestStore.Now, out ReportQuery query));

        PublishList found = Read(new ListQuery { Fields = Fields, Where = query.Where });

        Assert.AreEqual(Lines(_all.Publishes.Where(static publish => publish.Outcome == "unfinished")), Lines(found.Publishes));
    }

    [TestMethod]
    public void AJsonLine_HasTheFieldsThatThePublishHas()
    {
        PublishEntry publish = _all.Publishes.First(static publish => publish.Outcome == "error");

        using var output = new MemoryStream();
        PublishJson.WriteLine(output, publish, Fields);

        JsonElement line = JsonDocument.Parse(output.ToArray()).RootElement;
        Assert.AreEqual(publish.Id, line.GetProperty("PublishId").GetGuid());
        Assert.AreEqual(publish.Time.UtcDateTime, line.GetProperty("Time").GetDateTime());
        Assert.AreEqual("error", line.GetProperty("Outcome").GetString());
        Assert.AreEqual(3 + publish.Values.Count(static value => value is not null), line.EnumerateObject().Count());
        Assert.IsTrue(line.TryGetProperty("dimension.team", out _));
    }

    /// <summary>A writer that cannot lock the log leaves its events in a file of their own.</summary>
    [TestMethod]
    public void TheLastPublishes_InAFileEach_HaveTheirDimensions()
    {
        using var store = new TestStore();
        store.Write(TestStore.Success(1, set: static made => made.SetDimension("team", "shop")));
        for (int publish = 2; publish <= 20; publish++)
        {
            store.Write(TestStore.Success(publish));
        }

        Assert.AreSequenceEqual(["team"], DimensionNames.Find([store.Folder], ofLast: true));
    }

    /// <summary>The search reads a file in pieces, so the name may cross a border at any byte.</summary>
    [TestMethod]
    public void TheSearchForDimensions_FindsAName_AtAnyPosition()
    {
        using var store = new TestStore();
        byte[] attribute = "{\"key\":\"containers_telemetry.dimension.team\""u8.ToArray();
        for (int before = 0; before <= attribute.Length; before++)
        {
            byte[] text = new byte[1 << 19];
            Array.Fill(text, (byte)' ');
            attribute.CopyTo(text, (1 << 18) - before);
            string file = store.WriteBytes(text);

            Assert.AreSequenceEqual(["team"], DimensionNames.FindAll([file]));

            File.Delete(file);
        }
    }

    private static PublishList Read(ListQuery query) => PublishList.Read([_folder], query, null, TestStore.Now.AddYears(1));

    private static PublishList ListLast(int count, TestStore store) =>
        PublishList.Read([store.Folder], new ListQuery { Fields = Fields, Last = count }, progress: null, TestStore.Now);

    private static string Lines(IEnumerable<PublishEntry> publishes)
    {
        using var output = new MemoryStream();
        foreach (PublishEntry publish in publishes)
        {
            PublishJson.WriteLine(output, publish, Fields);
        }

        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }
}
