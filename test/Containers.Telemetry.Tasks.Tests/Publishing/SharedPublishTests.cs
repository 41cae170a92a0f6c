using Containers.Telemetry.TestInfrastructure;

namespace Containers.Telemetry.Publishing;

[TestClass]
public sealed class SharedPublishTests
{
    private const int Builds = 64;

    [TestMethod]
    public void Join_PublishThatWasOpened_GivesItsIdAndPreview()
    {
        using var folder = new TestFolder();
        string shared = folder.Combine("obj", "containers-telemetry");

        Guid id = new SharedPublish(shared).Open("/build/obj/preview.jsonl");

        Assert.AreEqual((id, "/build/obj/preview.jsonl"), new SharedPublish(shared).Join());
    }

    [TestMethod]
    public void Join_PublishWithoutAPreview_GivesNone()
    {
        using var folder = new TestFolder();
        var shared = new SharedPublish(folder.Combine("shared"));

        Guid id = shared.Open(previewFile: null);

        Assert.AreEqual((id, (string?)null), shared.Join());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("no id\n\n")]
    [DataRow("019ab2c4-5d6e-7f80-9a1b-2c3d4e5f6070")]
    public void Join_TornFile_GivesAnIdOfItsOwn(string text)
    {
        using var folder = new TestFolder();
        folder.Write("publish-id", text);
        var shared = new SharedPublish(folder.Combine());

        (Guid first, string? preview) = shared.Join();

        Assert.AreNotEqual(first, shared.Join().Id);
        Assert.IsNull(preview);
    }

    [TestMethod]
    public void Join_NothingOpened_GivesAnIdOfItsOwn()
    {
        using var folder = new TestFolder();
        var shared = new SharedPublish(folder.Combine("never made"));

        Assert.AreNotEqual(shared.Join().Id, shared.Join().Id);
    }

    [TestMethod]
    public void ClaimError_ManyBuildsAtOnce_ExactlyOneIsTheFirst()
    {
        using var folder = new TestFolder();
        string shared = folder.Combine("shared");
        for (int round = 0; round < 20; round++)
        {
            Guid id = new SharedPublish(shared).Open(previewFile: null);
            using var start = new Barrier(Environment.ProcessorCount);
            int first = 0;
            Thread[] threads = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() =>
            {
                start.SignalAndWait();
                for (int build = 0; build < Builds; build++)
                {
                    // Each build has an instance of its own, as in separate processes.
                    if (new SharedPublish(shared).ClaimError(id))
                    {
                        Interlocked.Increment(ref first);
                    }
                }
            }))];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());

            Assert.AreEqual(1, first);
        }
    }

    [TestMethod]
    public void ClaimError_OfAnotherPublish_IsAFirstAgain()
    {
        using var folder = new TestFolder();
        var shared = new SharedPublish(folder.Combine("shared"));

        Assert.IsTrue(shared.ClaimError(shared.Open(previewFile: null)));
        Assert.IsTrue(shared.ClaimError(shared.Open(previewFile: null)));
    }

    [TestMethod]
    public void Open_ErrorsOfAnotherDay_AreRemoved()
    {
        using var folder = new TestFolder();
        var shared = new SharedPublish(folder.Combine("shared"));
        shared.ClaimError(shared.Open(previewFile: null));
        string foreign = folder.Write(Path.Combine("shared", "of-somebody-else"), "");
        foreach (string file in Directory.GetFiles(folder.Combine("shared")))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-2));
        }

        shared.Open(previewFile: null);

        CollectionAssert.AreEquivalent(new[] { foreign, folder.Combine("shared", "publish-id") }, Directory.GetFiles(folder.Combine("shared")));
    }

    [TestMethod]
    public void Open_ProjectIsPublishedAgainInTheSameBuild_KeepsTheErrorOfThePublishBefore()
    {
        using var folder = new TestFolder();
        var shared = new SharedPublish(folder.Combine("shared"));
        Guid before = shared.Open(previewFile: null);
        shared.ClaimError(before);

        Guid after = shared.Open(previewFile: null);

        Assert.IsTrue(shared.HasError(before));
        Assert.IsFalse(shared.HasError(after));
    }

    [TestMethod]
    public void Join_IdThatCouldNotBeReplaced_IsNotThatOfThePublishBefore()
    {
        using var folder = new TestFolder();
        var shared = new SharedPublish(folder.Combine("shared"));
        Guid before = shared.Open(previewFile: null);
        shared.ClaimError(before);

        // On Unix, where locks are advisory, this blocks writing and not deleting, like a read-only file.
        FileShare share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;
        using (new FileStream(folder.Combine("shared", "publish-id"), FileMode.Open, FileAccess.Read, share))
        {
            shared.Open(previewFile: null);
        }

        Guid joined = shared.Join().Id;
        Assert.AreNotEqual(before, joined);
        Assert.IsFalse(shared.HasError(joined));
    }

    [TestMethod]
    public void Folder_ThatCannotBeCreated_StillLetsEachBuildReportItsError()
    {
        using var folder = new TestFolder();
        string file = folder.Write("a file", "");
        var shared = new SharedPublish(Path.Combine(file, "shared"));

        Guid id = shared.Open(previewFile: null);

        Assert.AreNotEqual(Guid.Empty, id);
        Assert.AreNotEqual(id, shared.Join().Id);
        Assert.IsTrue(shared.ClaimError(id));
        Assert.IsTrue(shared.ClaimError(id));
    }
}
