using System.Runtime.Versioning;
using Containers.Telemetry.Identity;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Core.Tests.Identity;

[TestClass]
public sealed class UserIdentityTests
{
    private const string FileName = "identity";
    private const string KnownId = "6f0c2d1e-8a4b-4c3d-9e2f-1a0b9c8d7e6f";
    private const string Key = "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF";
    private const string Known = KnownId + "\n" + Key;

    private static readonly DateTimeOffset Now = new(2026, 11, 21, 23, 30, 0, TimeSpan.Zero);

    [TestMethod]
    public void First_use_makes_a_random_id_that_stays()
    {
        using var folder = new TestFolder();
        var config = new ConfigFolder(folder.Combine("new", "config"));

        UserIdentity first = UserIdentity.Get(config, Now)!;
        UserIdentity? second = UserIdentity.Get(config, Now.AddDays(UserIdentity.LifetimeDays - 1));

        Assert.AreEqual(4, first.Id.Version);
        AssertSame(first, second);
    }

    [TestMethod]
    public void Two_users_have_two_ids()
    {
        using var folder = new TestFolder();

        AssertNothingShared(UserIdentity.Get(new ConfigFolder(folder.Combine("a")), Now), UserIdentity.Get(new ConfigFolder(folder.Combine("b")), Now));
    }

    [TestMethod]
    public void Id_of_ninety_days_is_replaced_and_the_next_one_stays()
    {
        using var folder = new TestFolder();
        var config = new ConfigFolder(folder.Path);
        UserIdentity? first = UserIdentity.Get(config, Now);

        UserIdentity? second = UserIdentity.Get(config, Now.AddDays(UserIdentity.LifetimeDays));
        UserIdentity? third = UserIdentity.Get(config, Now.AddDays(UserIdentity.LifetimeDays + 1));

        AssertNothingShared(first, second);
        AssertSame(second, third);
    }

    [TestMethod]
    public void Request_replaces_the_id()
    {
        using var folder = new TestFolder();
        var config = new ConfigFolder(folder.Path);
        UserIdentity? first = UserIdentity.Get(config, Now);

        UserIdentity? second = UserIdentity.Replace(config, Now);

        AssertNothingShared(first, second);
        AssertSame(second, UserIdentity.Get(config, Now));
    }

    [TestMethod]
    [DataRow(Known + "\n2026-11-21\n", true)]
    [DataRow(Known + "\n2026-11-22\n", true, DisplayName = "A clock set back by hours")]
    [DataRow(Known + "\r\n2026-11-21\r\n", false)]
    [DataRow(Known + "\n2026-11-23\n", false, DisplayName = "A clock set back by days")]
    [DataRow(Known + "\n9999-12-31\n", false)]
    [DataRow(Known + "\n2026-13-01\n", false)]
    [DataRow(Known, false)]
    [DataRow(KnownId + "\n2026-11-21\n", false, DisplayName = "No key")]
    [DataRow(KnownId + "\n" + Key + Key + "\n2026-11-21\n", false, DisplayName = "Two keys")]
    [DataRow(Known + "\n2026-11-21\n2026-01-01\n", false, DisplayName = "A longer text that was written over in part")]
    [DataRow("someone@example.com\n2026-11-21\n", false)]
    [DataRow("", false)]
    [DataRow("\0\0\0\0", false)]
    public void Only_a_complete_file_with_a_plausible_date_counts(string text, bool counts)
    {
        using var folder = new TestFolder();
        folder.Write(FileName, text);
        var config = new ConfigFolder(folder.Path);

        UserIdentity? identity = UserIdentity.Get(config, Now);

        Assert.IsNotNull(identity);
        Assert.AreEqual(counts, identity.Id == Guid.Parse(KnownId));
        Assert.AreEqual(counts, ProjectOf(identity) == ProjectOf(new UserIdentity(identity.Id, ProjectKey.Parse(Key)!)));
        AssertSame(identity, UserIdentity.Get(config, Now));
    }

    [TestMethod]
    public void File_that_is_far_too_long_is_replaced_as_a_whole()
    {
        using var folder = new TestFolder();
        string file = folder.Write(FileName, new string('x', 1_000_000));
        var config = new ConfigFolder(folder.Path);

        UserIdentity? identity = UserIdentity.Get(config, Now);

        string[] lines = File.ReadAllText(file).Split('\n');
        Assert.AreSequenceEqual([$"{identity!.Id:D}", lines[1], "2026-11-21", ""], lines);
        Assert.AreEqual(ProjectKey.RandomTextLength, lines[1].Length);
    }

    [TestMethod]
    public void There_is_no_id_if_it_cannot_be_stored()
    {
        using var folder = new TestFolder();
        folder.Write("file", "");
        Directory.CreateDirectory(folder.Combine("config", FileName));

        Assert.IsNull(UserIdentity.Get(new ConfigFolder(folder.Combine("file")), Now));
        Assert.IsNull(UserIdentity.Get(new ConfigFolder(folder.Combine("file", "below")), Now));
        Assert.IsNull(UserIdentity.Get(new ConfigFolder(folder.Combine("config")), Now));
        Assert.IsNull(UserIdentity.Get(new ConfigFolder("\0"), Now));
        Assert.IsNull(UserIdentity.Replace(new ConfigFolder(folder.Combine("config")), Now));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public void Only_the_user_can_read_it()
    {
        using var folder = new TestFolder();
        var config = new ConfigFolder(folder.Combine("config"));

        UserIdentity.Get(config, Now);

        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(config.Path));
        foreach (string file in Directory.GetFiles(config.Path))
        {
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file), file);
        }
    }

    [TestMethod]
    public void Many_threads_get_one_identity()
    {
        const int Threads = 32;
        using var folder = new TestFolder();
        var config = new ConfigFolder(folder.Path);
        using var start = new Barrier(Threads);
        var identities = new UserIdentity?[Threads];

        Thread[] threads =
        [
            .. Enumerable.Range(0, Threads).Select(number => new Thread(() =>
            {
                start.SignalAndWait();
                identities[number] = UserIdentity.Get(config, Now);
            })),
        ];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.IsNotNull(identities[0]);
        foreach (UserIdentity? identity in identities)
        {
            AssertSame(identities[0], identity);
        }
    }

    /// <summary>
    /// The identity has expired, many publishes notice it at once, and their user requests a new identity at the same time. No publish may get a mix
    /// of the old and the new identity.
    /// </summary>
    [TestMethod]
    public void Rotation_by_many_at_once_leaves_nothing_of_the_old_identity()
    {
        const int Threads = 16;
        using var folder = new TestFolder();
        var config = new ConfigFolder(folder.Path);
        for (int round = 0; round < 50; round++)
        {
            DateTimeOffset now = Now.AddDays(round * UserIdentity.LifetimeDays);
            UserIdentity? old = UserIdentity.Get(config, now.AddDays(-1));
            folder.Write(
                FileName,
                File.ReadAllText(folder.Combine(FileName)).Replace(
                    $"{now.AddDays(-1):yyyy-MM-dd}", $"{now.AddDays(-UserIdentity.LifetimeDays):yyyy-MM-dd}", StringComparison.Ordinal));
            using var start = new Barrier(Threads);
            var identities = new UserIdentity?[Threads];

            Thread[] threads =
            [
                .. Enumerable.Range(0, Threads).Select(number => new Thread(() =>
                {
                    start.SignalAndWait();
                    identities[number] = number == 0 ? UserIdentity.Replace(config, now) : UserIdentity.Get(config, now);
                })),
            ];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());

            foreach (UserIdentity? identity in identities)
            {
                AssertNothingShared(old, identity);
            }
        }
    }

    /// <summary>The process is killed after any byte of its write, over an old identity or in a new file.</summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Write_that_was_cut_off_anywhere_leaves_nothing_of_the_old_identity(bool isNewFile)
    {
        using var folder = new TestFolder();
        var config = new ConfigFolder(folder.Path);
        UserIdentity old = UserIdentity.Get(config, Now.AddDays(-UserIdentity.LifetimeDays))!;
        string oldText = File.ReadAllText(folder.Combine(FileName));
        UserIdentity next = UserIdentity.Replace(config, Now)!;
        string newText = File.ReadAllText(folder.Combine(FileName));
        for (int length = 0; length <= newText.Length; length++)
        {
            folder.Write(FileName, newText[..length] + (isNewFile ? "" : oldText[length..]));

            UserIdentity? found = UserIdentity.Get(config, Now);

            AssertNothingShared(old, found);
            Assert.IsTrue(found!.Id != next.Id || ProjectOf(found) == ProjectOf(next), $"After {length} bytes the new id has a wrong key.");
        }
    }

    private static void AssertSame(UserIdentity? expected, UserIdentity? actual)
    {
        Assert.AreEqual(expected!.Id, actual!.Id);
        Assert.AreEqual(ProjectOf(expected), ProjectOf(actual));
    }

    private static void AssertNothingShared(UserIdentity? first, UserIdentity? second)
    {
        Assert.AreNotEqual(first!.Id, second!.Id);
        Assert.AreNotEqual(ProjectOf(first), ProjectOf(second));
    }

    private static string ProjectOf(UserIdentity identity) => ProjectId.Compute(identity.ProjectKey, "/one/project.csproj");
}
