using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Store;
using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Show;

namespace Containers.Telemetry.Tool.Tests.Show;

/// <summary>Following a store whose files are deleted, shortened and created again.</summary>
[TestClass]
public sealed class EventFollowerTests
{
    private static readonly ContainerEvent First = SampleEvents.Success(SampleEvents.Now);
    private static readonly ContainerEvent Second = SampleEvents.Error(SampleEvents.Now, 2);
    private static readonly ContainerEvent Third = SampleEvents.Canceled(SampleEvents.Now, 3);

    [TestMethod]
    public void ASegmentThatIsDeletedBeforeItIsRead_IsSkipped()
    {
        using var store = new FollowedStore();
        store.Write(1, First);
        store.Write(2, Second);
        IReadOnlyList<Segment> listed = store.List();
        File.Delete(listed[0].Path);

        Assert.AreSequenceEqual(["error"], store.Read(listed));
    }

    [TestMethod]
    public void AFolderThatIsDeletedBeforeItIsRead_IsSkipped_AndFollowedWhenItIsCreatedAgain()
    {
        using var store = new FollowedStore();
        store.Write(1, First);
        IReadOnlyList<Segment> listed = store.List();
        Directory.Delete(store.Path, recursive: true);

        Assert.IsEmpty(store.Read(listed));
        Assert.IsEmpty(store.Read(store.List()));
        store.Write(1, Second);
        Assert.AreSequenceEqual(["error"], store.Read(store.List()));
    }

    [TestMethod]
    public void AFolderThatDoesNotExistYet_IsFollowedWhenItDoes()
    {
        using var store = new FollowedStore();
        Directory.Delete(store.Path);
        store.SkipPresent();

        Assert.IsEmpty(store.Read(store.List()));
        store.Write(1, First);
        Assert.AreSequenceEqual(["success"], store.Read(store.List()));
    }

    [TestMethod]
    public void ASegmentThatHasBecomeShorter_IsReadAgain_AndShownEventsAreNot()
    {
        using var store = new FollowedStore();
        store.Write(1, First, Second);
        Assert.AreSequenceEqual(["success", "error"], store.Read(store.List()));

        store.Write(1, First);
        Assert.IsEmpty(store.Read(store.List()));
        store.Write(1, First, Third);
        Assert.AreSequenceEqual(["canceled"], store.Read(store.List()));
    }

    [TestMethod]
    public void ASegmentOfTheNameOfADeletedOne_IsReadFromItsBeginning()
    {
        using var store = new FollowedStore();
        store.Write(1, First);
        store.Read(store.List());
        File.Delete(store.List()[0].Path);
        store.Read(store.List());

        store.Write(1, Second, Third);

        Assert.AreSequenceEqual(["error", "canceled"], store.Read(store.List()));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void AReplacedSegment_IsReadFromItsBeginning(bool isOfTheSameLength)
    {
        using var store = new FollowedStore();
        string path = store.Write(1, First);
        long length = new FileInfo(path).Length;
        store.SkipPresent();
        ContainerEvent other = SampleEvents.Success(SampleEvents.Now, 4);

        store.Write(1, isOfTheSameLength ? [other] : [other, Second]);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(1));

        Assert.AreEqual(isOfTheSameLength, new FileInfo(path).Length == length);
        Assert.AreSequenceEqual(isOfTheSameLength ? ["success"] : ["success", "error"], store.Read(store.List()));
        Assert.IsEmpty(store.Read(store.List()));
    }

    [TestMethod]
    public void ALineThatIsIncompleteWhenFollowingStarts_IsShownWhenItIsComplete()
    {
        using var store = new FollowedStore();
        string path = store.Write(1, First);
        byte[] line = SampleEvents.Line(Second);
        File.AppendAllBytes(path, line[..200]);
        store.SkipPresent();

        Assert.IsEmpty(store.Read(store.List()));
        File.AppendAllBytes(path, line[200..]);
        Assert.AreSequenceEqual(["error"], store.Read(store.List()));
    }

    /// <summary>A folder of segments with a follower.</summary>
    private sealed class FollowedStore : IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly EventFollower _follower;

        public FollowedStore()
        {
            Path = Directory.CreateDirectory(_folder.Combine("events")).FullName;
            _follower = new EventFollower(Path, new StoredEvents(Path), static () => Assert.Fail("A file was skipped."));
        }

        public string Path { get; }

        public string Write(int number, params ContainerEvent[] events)
        {
            string path = System.IO.Path.Combine(Directory.CreateDirectory(Path).FullName, $"{number:D10}-20261120T093000Z.jsonl");
            File.WriteAllBytes(path, SampleEvents.Lines(events));
            return path;
        }

        public IReadOnlyList<Segment> List() => Segment.List(Path);

        public void SkipPresent() => _follower.SkipPresent();

        /// <summary>The outcomes of the new events.</summary>
        public string[] Read(IReadOnlyList<Segment> segments) =>
            [.. _follower.Read(segments).Select(stored => (string)stored.Event.Find(DetailFields.Outcome)!)];

        public void Dispose() => _folder.Dispose();
    }
}
