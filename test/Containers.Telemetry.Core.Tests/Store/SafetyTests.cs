using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using Containers.Telemetry.Identity;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Store;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Core.Tests.Store;

[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
[UnsupportedOSPlatform("windows")]
public sealed class SafetyTests
{
    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnlyFolder = OwnerOnlyFile | UnixFileMode.UserExecute;
    private const UnixFileMode ReadableByAll = OwnerOnlyFolder
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    [TestMethod]
    public void Append_NewFolder_IsTheOwnersAlone()
    {
        using var folder = new LogFolder();

        folder.Open().AppendLines("line");

        Assert.AreEqual(OwnerOnlyFolder, File.GetUnixFileMode(folder.Combine("data")));
        Assert.AreEqual(OwnerOnlyFolder, File.GetUnixFileMode(folder.Path));
        foreach (string file in Directory.GetFiles(folder.Path))
        {
            Assert.AreEqual(OwnerOnlyFile, File.GetUnixFileMode(file), Path.GetFileName(file));
        }
    }

    [TestMethod]
    public void EnsureWritable_NewFolder_LeavesNothingInIt()
    {
        using var folder = new LogFolder();

        folder.Open().EnsureWritable();

        Assert.AreEqual(OwnerOnlyFolder, File.GetUnixFileMode(folder.Path));
        Assert.IsEmpty(Directory.GetFileSystemEntries(folder.Path));
    }

    [TestMethod]
    public void Append_FolderThatOthersMayRead_BecomesTheOwnersAlone()
    {
        using var folder = new LogFolder();
        Directory.CreateDirectory(folder.Path);
        File.SetUnixFileMode(folder.Combine("data"), ReadableByAll);
        File.SetUnixFileMode(folder.Path, ReadableByAll);

        folder.Open().AppendLines("line");

        Assert.AreEqual(OwnerOnlyFolder, File.GetUnixFileMode(folder.Path));
        Assert.AreEqual(ReadableByAll, File.GetUnixFileMode(folder.Combine("data")), "The parent folder must keep its mode.");
    }

    [TestMethod]
    [DataRow(UnixFileMode.GroupWrite)]
    [DataRow(UnixFileMode.OtherWrite)]
    public void Append_FolderThatOthersMayWriteTo_IsRefused(UnixFileMode others)
    {
        using var folder = new LogFolder();
        Directory.CreateDirectory(folder.Path);
        File.SetUnixFileMode(folder.Path, OwnerOnlyFolder | others);

        AssertRefused(StoreFault.WritableByOthers, folder);
        Assert.IsEmpty(Directory.GetFileSystemEntries(folder.Path));
    }

    [TestMethod]
    [DataRow(UnixFileMode.GroupWrite)]
    [DataRow(UnixFileMode.OtherWrite)]
    public void Append_StoreThatOthersMayWriteTo_IsRefused(UnixFileMode others)
    {
        using var folder = new LogFolder();
        Directory.CreateDirectory(folder.Path, OwnerOnlyFolder);
        File.SetUnixFileMode(folder.Combine("data"), OwnerOnlyFolder | others);

        AssertRefused(StoreFault.WritableByOthers, folder, UserFolder.Store, "chmod");
        Assert.AreEqual(UserFolder.Store, StoreLayout.FindRefusal(folder.Combine("data"))?.Folder);
        Assert.IsEmpty(Directory.GetFileSystemEntries(folder.Path));
    }

    [TestMethod]
    public void A_store_that_is_the_users_own_or_not_there_has_no_fault()
    {
        using var folder = new LogFolder();
        Assert.IsNull(StoreLayout.FindRefusal(folder.Combine("data")));
        Directory.CreateDirectory(folder.Path, OwnerOnlyFolder);

        Assert.IsNull(StoreLayout.FindRefusal(folder.Combine("data")));
    }

    [TestMethod]
    [DataRow("data", UserFolder.Store)]
    [DataRow("data/events", UserFolder.Events)]
    public void Append_FolderOfAnotherUser_IsRefused_AlsoForRoot(string place, UserFolder kind)
    {
        RequireRoot();
        using var folder = new LogFolder();
        Directory.CreateDirectory(folder.Path, OwnerOnlyFolder);
        GiveAway(folder.Combine(place));

        AssertRefused(StoreFault.OwnedByOther, folder, kind, "Another user owns");
    }

    [TestMethod]
    [DataRow("", DisplayName = "The folder")]
    [DataRow("identity", DisplayName = "The file")]
    public void Identity_OfAnotherUser_IsNotUsed(string place)
    {
        RequireRoot();
        using var folder = new LogFolder();
        var config = new ConfigFolder(folder.Combine("config"));
        Assert.IsNotNull(UserIdentity.Get(config, DateTimeOffset.UtcNow));
        Assert.IsNull(config.FindRefusal());
        GiveAway(folder.Combine("config", place));

        Assert.IsNull(UserIdentity.Get(config, DateTimeOffset.UtcNow));
        Assert.AreEqual(StoreFault.OwnedByOther, config.FindRefusal()?.Fault);
    }

    [TestMethod]
    public void Identity_ThatOthersMayWriteTo_IsNotUsed()
    {
        using var folder = new LogFolder();
        var config = new ConfigFolder(folder.Combine("config"));
        Assert.IsNotNull(UserIdentity.Get(config, DateTimeOffset.UtcNow));
        File.SetUnixFileMode(folder.Combine("config", "identity"), OwnerOnlyFile | UnixFileMode.OtherWrite);

        Assert.IsNull(UserIdentity.Get(config, DateTimeOffset.UtcNow));
        StoreException? fault = config.FindRefusal();
        Assert.AreEqual(StoreFault.WritableByOthers, fault?.Fault);
        Assert.AreEqual(UserFolder.Settings, fault?.Folder);
    }

    [TestMethod]
    public void Outbox_OfAnEndpoint_ThatOthersMayWriteTo_IsFound()
    {
        using var folder = new LogFolder();
        string outbox = Directory.CreateDirectory(folder.Combine("outbox"), OwnerOnlyFolder).FullName;
        string endpoint = Directory.CreateDirectory(folder.Combine("outbox", "logs", "of-an-endpoint"), OwnerOnlyFolder).FullName;
        Assert.IsNull(Outbox.FindRefusal(outbox));
        File.SetUnixFileMode(endpoint, OwnerOnlyFolder | UnixFileMode.OtherWrite);

        StoreException? refusal = Outbox.FindRefusal(outbox);

        Assert.AreEqual((StoreFault.WritableByOthers, UserFolder.Outbox), (refusal?.Fault, refusal?.Folder));
    }

    [TestMethod]
    public void Append_FolderIsASymbolicLink_IsRefused()
    {
        using var folder = new LogFolder();
        string target = Directory.CreateDirectory(folder.Combine("target")).FullName;
        Directory.CreateDirectory(folder.Combine("data"));
        Directory.CreateSymbolicLink(folder.Path, target);

        AssertRefused(StoreFault.SymbolicLink, folder);
        Assert.IsEmpty(Directory.GetFileSystemEntries(target));
    }

    [TestMethod]
    [DataRow(false, DisplayName = "The link leads to an empty folder")]
    [DataRow(true, DisplayName = "The link leads to where a folder of the log's name is")]
    public void Append_SymbolicLinkPlantedInASharedFolder_IsRefused(bool hasFolder)
    {
        using var folder = new LogFolder();
        string target = Directory.CreateDirectory(folder.Combine("target")).FullName;
        if (hasFolder)
        {
            target = Directory.CreateDirectory(Path.Combine(target, "events"), ReadableByAll).FullName;
        }

        File.SetUnixFileMode(folder.Combine(), OwnerOnlyFolder | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite | UnixFileMode.StickyBit);
        Directory.CreateSymbolicLink(folder.Combine("data"), folder.Combine("target"));

        AssertRefused(StoreFault.SymbolicLink, folder);
        Assert.IsEmpty(Directory.GetFileSystemEntries(target));
    }

    [TestMethod]
    public void Append_SymbolicLinkOfTheUsersOwnAboveTheFolder_IsFollowed()
    {
        using var folder = new LogFolder();
        Directory.CreateDirectory(folder.Combine("target"));
        Directory.CreateSymbolicLink(folder.Combine("data"), folder.Combine("target"));

        folder.Open().AppendLines("line");

        CollectionAssert.AreEqual(new[] { "line" }, folder.ReadLines());
    }

    [TestMethod]
    public void Append_SegmentReplacedByASymbolicLink_IsRefused()
    {
        using var folder = new LogFolder();
        folder.Open().AppendLines("line");
        string victim = ReplaceByLink(folder, folder.Segments.Single().Path);

        AssertAppendRefused(StoreFault.SymbolicLink, folder);
        Assert.AreEqual("the user's", File.ReadAllText(victim));
        Assert.IsEmpty(folder.ReadLines(), "A segment behind a symbolic link must not be read either.");
    }

    [TestMethod]
    public void Append_LockFileReplacedByASymbolicLink_IsRefused()
    {
        using var folder = new LogFolder();
        folder.Open().AppendLines("line");
        string victim = ReplaceByLink(folder, Path.Combine(folder.Path, "lock"));

        AssertRefused(StoreFault.SymbolicLink, folder);
        Assert.AreEqual("the user's", File.ReadAllText(victim));
    }

    [TestMethod]
    [DataRow("data", DisplayName = "The store is a file")]
    [DataRow("data/events", DisplayName = "The log's folder is a file")]
    public void Append_FileInPlaceOfAFolder_IsRefused(string file)
    {
        using var folder = new LogFolder();
        Directory.CreateDirectory(Path.GetDirectoryName(folder.Combine(file))!);
        File.WriteAllText(folder.Combine(file), "the user's");

        AssertRefused(StoreFault.NotAFolder, folder);
        Assert.AreEqual("the user's", File.ReadAllText(folder.Combine(file)));
    }

    [TestMethod]
    public void Append_PathThatIsTooLong_IsRefused()
    {
        using var folder = new LogFolder(Path.Combine(Path.GetTempPath(), new string('d', 300)));

        AssertRefused(StoreFault.PathTooLong, folder);
    }

    [TestMethod]
    [NeedsFilePermissions, TestCategory(NeedsFilePermissionsAttribute.Category)]
    public void Append_FolderThatThisUserMayNotWriteTo_IsRefused()
    {
        using var folder = new LogFolder();
        Directory.CreateDirectory(folder.Combine("data"));
        File.SetUnixFileMode(folder.Combine("data"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        AssertRefused(StoreFault.AccessDenied, folder);
        File.SetUnixFileMode(folder.Combine("data"), OwnerOnlyFolder);
    }

    [TestMethod]
    [NeedsFilePermissions, TestCategory(NeedsFilePermissionsAttribute.Category)]
    public void Append_SegmentThatThisUserMayNotWriteTo_BeginsANewOne()
    {
        using var folder = new LogFolder();
        SegmentedLog log = folder.Open();
        log.AppendLines("by the superuser");
        File.SetUnixFileMode(folder.Segments.Single().Path, UnixFileMode.UserRead);

        log.AppendLines("by the user");

        CollectionAssert.AreEqual(new[] { "by the superuser", "by the user" }, folder.ReadLines());
        Assert.HasCount(2, folder.Segments);
    }

    [TestMethod]
    [NeedsFilePermissions, TestCategory(NeedsFilePermissionsAttribute.Category)]
    public void Read_SegmentThatThisUserMayNotRead_IsPassedOverAndCounted()
    {
        using var folder = new LogFolder();
        SegmentedLog log = folder.Open();
        log.AppendLines("by the superuser");
        File.SetUnixFileMode(folder.Segments.Single().Path, UnixFileMode.None);
        log.AppendLines("by the user");

        using var lines = new StoredLines(folder.Path);
        Assert.IsTrue(lines.TryRead(out ReadOnlySpan<byte> line));
        Assert.AreEqual("by the user", Encoding.UTF8.GetString(line));
        Assert.IsFalse(lines.TryRead(out _));
        Assert.AreEqual(1, lines.UnreadableSegments);
    }

    [TestMethod]
    [DataRow(true, DisplayName = "A log is there")]
    [DataRow(false, DisplayName = "No log is there yet")]
    public void Append_ReadOnlyFileSystem_IsRefused_AndStoredLinesCanBeRead(bool isThere)
    {
        using TemporaryFileSystem fileSystem = Mount();
        using var folder = new LogFolder(fileSystem.Path);
        if (isThere)
        {
            folder.Open().AppendLines("line");
        }

        fileSystem.MakeReadOnly();

        AssertRefused(StoreFault.ReadOnly, folder);
        Assert.HasCount(isThere ? 1 : 0, folder.ReadLines());
    }

    [TestMethod]
    public void Append_DiskRunsFull_KeepsStoredLines_AndContinuesWhenThereIsRoom()
    {
        using TemporaryFileSystem fileSystem = Mount();
        using var folder = new LogFolder(fileSystem.Path);
        SegmentedLog log = folder.Open();
        log.AppendLines("first");
        File.WriteAllBytes(folder.Combine("ballast"), new byte[32 * 1024]);

        int appended = 0;
        StoreException full = Assert.ThrowsExactly<StoreException>(() =>
        {
            while (true)
            {
                log.Append(NumberedLine.Create(0, appended, 3000));
                appended++;
            }
        });

        Assert.AreEqual(StoreFault.DiskFull, full.Fault);
        Assert.AreEqual((1 + appended, 0L), (folder.Read().Lines.Count, folder.Read().Torn), "The partly written line must be cut off.");

        File.Delete(folder.Combine("ballast"));
        log.Append(NumberedLine.Create(0, appended, 3000));
        Assert.AreEqual((2 + appended, 0L), (folder.Read().Lines.Count, folder.Read().Torn));
    }

    [TestMethod]
    public void Append_FullDiskAndNoSegment_LeavesNone()
    {
        using TemporaryFileSystem fileSystem = Mount();
        using var folder = new LogFolder(fileSystem.Path);
        Directory.CreateDirectory(folder.Path);
        File.WriteAllText(Path.Combine(folder.Path, "lock"), "");
        fileSystem.Fill();

        AssertRefused(StoreFault.DiskFull, folder);
        Assert.IsEmpty(folder.Segments);
    }

    private static TemporaryFileSystem Mount() => TemporaryFileSystem.MountOrInconclusive("size=64k");

    private static string ReplaceByLink(LogFolder folder, string path)
    {
        string victim = folder.Combine("victim");
        File.WriteAllText(victim, "the user's");
        File.Delete(path);
        File.CreateSymbolicLink(path, victim);

        return victim;
    }

    private static void RequireRoot()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Assert.Inconclusive("Only root can give a folder to another user.");
        }
    }

    private static void GiveAway(string path)
    {
        using Process change = Process.Start("chown", ["65534", path]);
        change.WaitForExit();
        Assert.AreEqual(0, change.ExitCode);
    }

    private static void AssertRefused(StoreFault fault, LogFolder folder, UserFolder kind = UserFolder.Events, string text = "")
    {
        StoreException foreseen = Assert.ThrowsExactly<StoreException>(folder.Open().EnsureWritable);

        Assert.AreEqual((fault, kind), (foreseen.Fault, foreseen.Folder), foreseen.InnerException?.ToString());
        Assert.Contains(text, foreseen.Message);
        AssertAppendRefused(fault, folder);
    }

    private static void AssertAppendRefused(StoreFault fault, LogFolder folder)
    {
        StoreException refused = Assert.ThrowsExactly<StoreException>(() => folder.Open().AppendLines("refused"));

        Assert.AreEqual(fault, refused.Fault, refused.InnerException?.ToString());
        Assert.DoesNotContain(folder.Combine(), refused.Message, "The message reveals a path of the user in the build's log.");
    }
}
