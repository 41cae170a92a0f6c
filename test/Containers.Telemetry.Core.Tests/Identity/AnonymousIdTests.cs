using System.Runtime.Versioning;
using Containers.Telemetry.Identity;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Core.Tests.Identity;

[TestClass]
public sealed class AnonymousIdTests
{
    private const string FileName = "anonymous-id";
    private const string Known = "6f0c2d1e-8a4b-4c3d-9e2f-1a0b9c8d7e6f";

    private static readonly DateTimeOffset Now = new(2026, 11, 21, 23, 30, 0, TimeSpan.Zero);

    [TestMethod]
    public void First_use_makes_a_random_id_that_stays()
    {
        using var folder = new TestFolder();
        var config = new ConfigFolder(folder.Combine("new", "config"));

        Guid? first = AnonymousId.Get(config, Now);
        Guid? second = AnonymousId.Get(config, Now.AddDays(AnonymousId.LifetimeDays - 1));

        Assert.AreEqual(4, first!.Value.Version);
        Assert.AreEqual(first, second);
    }

    [TestMethod]
    public void Two_users_have_two_ids()
    {
        using var folder = new TestFolder();

        Assert.AreNotEqual(AnonymousId.Get(new ConfigFolder(folder.Combine("a")), Now), AnonymousId.Get(new ConfigFolder(folder.Combine("b")), Now));
    }

    [TestMethod]
    public void Id_of_ninety_days_is_replaced_and_the_next_one_stays()
    {
        using var folder = new TestFolder();
        var config = new ConfigFolder(folder.Path);
        Guid? first = AnonymousId.Get(config, Now);

        Guid? second = AnonymousId.Get(config, Now.AddDays(AnonymousId.LifetimeDays));
        Guid? third = AnonymousId.Get(config, Now.AddDays(AnonymousId.LifetimeDays + 1));

        Assert.AreNotEqual(first, second);
        Assert.AreEqual(second, third);
    }

    [TestMethod]
    public void Request_replaces_the_id()
    {
        using var folder = new TestFolder();
        var config = new ConfigFolder(folder.Path);
        Guid? first = AnonymousId.Get(config, Now);

        Guid? second = AnonymousId.Replace(config, Now);

        Assert.AreNotEqual(first, second);
        Assert.AreEqual(second, AnonymousId.Get(config, Now));
    }

    [TestMethod]
    [DataRow(Known + "\n2026-11-21\n", true)]
    [DataRow(Known + "\n2026-11-22\n", true, DisplayName = "A clock set back by hours")]
    [DataRow(Known + "\r\n2026-11-21\r\n", false)]
    [DataRow(Known + "\n2026-11-23\n", false, DisplayName = "A clock set back by days")]
    [DataRow(Known + "\n9999-12-31\n", false)]
    [DataRow(Known + "\n2026-13-01\n", false)]
    [DataRow(Known, false)]
    [DataRow("someone@example.com\n2026-11-21\n", false)]
    [DataRow("", false)]
    [DataRow("\0\0\0\0", false)]
    public void Only_a_file_that_is_whole_and_of_our_time_counts(string text, bool counts)
    {
        using var folder = new TestFolder();
        folder.Write(FileName, text);
        var config = new ConfigFolder(folder.Path);

        Guid? id = AnonymousId.Get(config, Now);

        Assert.IsNotNull(id);
        Assert.AreEqual(counts, id == Guid.Parse(Known));
        Assert.AreEqual(id, AnonymousId.Get(config, Now));
    }

    [TestMethod]
    public void File_that_is_far_too_long_is_replaced_as_a_whole()
    {
        using var folder = new TestFolder();
        string file = folder.Write(FileName, new string('x', 1_000_000));
        var config = new ConfigFolder(folder.Path);

        Guid? id = AnonymousId.Get(config, Now);

        Assert.AreEqual($"{id:D}\n2026-11-21\n", File.ReadAllText(file));
    }

    [TestMethod]
    public void No_id_where_none_can_be_kept()
    {
        using var folder = new TestFolder();
        folder.Write("file", "");
        Directory.CreateDirectory(folder.Combine("config", FileName));

        Assert.IsNull(AnonymousId.Get(new ConfigFolder(folder.Combine("file")), Now));
        Assert.IsNull(AnonymousId.Get(new ConfigFolder(folder.Combine("file", "below")), Now));
        Assert.IsNull(AnonymousId.Get(new ConfigFolder(folder.Combine("config")), Now));
        Assert.IsNull(AnonymousId.Get(new ConfigFolder("\0"), Now));
        Assert.IsNull(AnonymousId.Replace(new ConfigFolder(folder.Combine("config")), Now));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public void Only_the_user_can_read_it()
    {
        using var folder = new TestFolder();
        var config = new ConfigFolder(folder.Combine("config"));

        AnonymousId.Get(config, Now);
        ProjectKey.OfUser(config);

        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(config.Path));
        foreach (string file in Directory.GetFiles(config.Path))
        {
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file), file);
        }
    }

    [TestMethod]
    public void Many_threads_get_one_id()
    {
        const int Threads = 32;
        using var folder = new TestFolder();
        var config = new ConfigFolder(folder.Path);
        using var start = new Barrier(Threads);
        var ids = new Guid?[Threads];

        Thread[] threads =
        [
            .. Enumerable.Range(0, Threads).Select(number => new Thread(() =>
            {
                start.SignalAndWait();
                ids[number] = AnonymousId.Get(config, Now);
            })),
        ];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.HasCount(1, ids.Distinct());
        Assert.IsNotNull(ids[0]);
    }
}
