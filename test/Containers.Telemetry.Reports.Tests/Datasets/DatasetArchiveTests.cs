using Containers.Telemetry.Reports.Datasets;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Reports.Tests.Datasets;

[TestClass]
public sealed class DatasetArchiveTests
{
    private static readonly Quarter Summer = new(2026, 3);

    private readonly string _folder = Directory.CreateTempSubdirectory("containers-telemetry-archive-").FullName;

    [TestCleanup]
    public void Cleanup() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void The_secret_is_random_and_stays()
    {
        byte[] secret = Archive("a").Secret();

        Assert.HasCount(32, secret);
        CollectionAssert.AreEqual(secret, Archive("a").Secret());
        CollectionAssert.AreNotEqual(secret, Archive("b").Secret());
    }

    [TestMethod]
    public void Of_many_datasets_at_once_the_first_is_kept_and_all_get_it()
    {
        const int Makers = 16;
        var kept = new DatasetRelease[Makers];
        Parallel.For(0, Makers, number => kept[number] = Archive("a").Keep(Release(occurrences: 1000 + number)));

        Assert.HasCount(1, kept.Select(static release => release.Rows[0].Occurrences).Distinct());
        Assert.AreEqual(kept[0].Rows[0].Occurrences, Archive("a").Find(Summer, isUnfinished: false)!.Rows[0].Occurrences);
        Assert.HasCount(1, Directory.GetFiles(Path.Combine(_folder, "a")));
    }

    [TestMethod]
    public void A_quarter_that_had_not_ended_has_a_dataset_of_its_own()
    {
        Archive("a").Keep(Release(1000) with { IsUnfinished = true });

        Assert.IsNull(Archive("a").Find(Summer, isUnfinished: false));
        Assert.IsNotNull(Archive("a").Find(Summer, isUnfinished: true));
    }

    [TestMethod]
    public void A_damaged_file_is_not_written_over()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "a"));
        File.WriteAllText(Archive("a").PathOf(Summer, isUnfinished: false), "{");
        File.WriteAllText(Path.Combine(_folder, "a", "secret"), "short");

        Assert.ThrowsExactly<InvalidDataException>(() => Archive("a").Find(Summer, isUnfinished: false));
        Assert.ThrowsExactly<InvalidDataException>(() => Archive("a").Keep(Release(1000)));
        Assert.ThrowsExactly<InvalidDataException>(() => Archive("a").Secret());
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Only_the_owner_can_read_it()
    {
        Archive("a").Secret();
        Archive("a").Keep(Release(1000));

        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(_folder, "a")));
        foreach (string file in Directory.GetFiles(Path.Combine(_folder, "a")))
        {
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file), file);
        }
    }

    [TestMethod]
    [DataRow("a", UserFolder.Dataset)]
    [DataRow("a/secret", UserFolder.Dataset)]
    [DataRow("", UserFolder.Store)]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Secrets_that_others_may_write_to_are_not_used(string place, UserFolder kind)
    {
        Archive("a").Secret();
        File.SetUnixFileMode(Path.Combine(_folder, place), File.GetUnixFileMode(Path.Combine(_folder, place)) | UnixFileMode.GroupWrite);

        StoreException refused = Assert.ThrowsExactly<StoreException>(() => kind is UserFolder.Store ? Archive("b").Secret() : Archive("a").Secret());

        Assert.AreEqual(kind, refused.Folder);
        Assert.AreEqual(StoreFault.WritableByOthers, refused.Fault);
        Assert.IsFalse(Directory.Exists(Path.Combine(_folder, "b")) && Directory.EnumerateFiles(Path.Combine(_folder, "b")).Any());
    }

    private DatasetArchive Archive(string name) => new(Path.Combine(_folder, name));

    private static DatasetRelease Release(long occurrences) => new()
    {
        Quarter = Summer,
        IsUnfinished = false,
        Budget = PrivacyBudget.Default,
        RowsOfUser = 4,
        PublishesOfUserInRow = 4,
        Noise = 98,
        Threshold = 640,
        Rows = [new DatasetRow(["2026Q3", "*", "*", "*", "*", "*", "*", "*", "*", "*", "*"], occurrences)],
    };
}
