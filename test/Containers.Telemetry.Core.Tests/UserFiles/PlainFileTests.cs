using System.Runtime.Versioning;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.UserFiles;

[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows, IgnoreMessage = "Windows has no pipes and devices in folders, and sparse files only on request.")]
[UnsupportedOSPlatform("windows")]
public sealed class PlainFileTests
{
    [TestMethod]
    [Timeout(60_000)]
    public void ReadStart_Pipe_IsNothing()
    {
        using var folder = new TestFolder();
        NamedPipe.Create(folder.Combine("pipe"));
        File.CreateSymbolicLink(folder.Combine("link"), folder.Combine("pipe"));

        Assert.IsNull(PlainFile.ReadStart(folder.Combine("pipe"), 100));
        Assert.IsNull(PlainFile.ReadStart(folder.Combine("link"), 100));
    }

    [TestMethod]
    [Timeout(60_000)]
    [DataRow("/dev/zero")]
    [DataRow("/dev/random")]
    [DataRow("/dev/null")]
    public void ReadStart_Device_IsNothing(string device)
    {
        using var folder = new TestFolder();
        File.CreateSymbolicLink(folder.Combine("link"), device);

        Assert.IsNull(PlainFile.ReadStart(device, 100));
        Assert.IsNull(PlainFile.ReadStart(folder.Combine("link"), 100));
    }

    [TestMethod]
    public void ReadStart_NothingOrAFolder_IsNothing()
    {
        using var folder = new TestFolder();
        File.CreateSymbolicLink(folder.Combine("link"), folder.Combine("nowhere"));

        Assert.IsNull(PlainFile.ReadStart(folder.Combine("nowhere"), 100));
        Assert.IsNull(PlainFile.ReadStart(folder.Combine("link"), 100));
        Assert.IsNull(PlainFile.ReadStart(folder.Path, 100));
    }

    [TestMethod]
    public void ReadStart_LinksOfTheUsersOwn_AreFollowed()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder.Combine("text"), "what it says");
        File.CreateSymbolicLink(folder.Combine("link"), folder.Combine("text"));
        File.CreateSymbolicLink(folder.Combine("link to the link"), "link");

        Assert.AreEqual("what it says", PlainFile.ReadStart(folder.Combine("link to the link"), 100));
    }

    [TestMethod]
    public void ReadStart_HugeFile_IsItsBeginning()
    {
        using var folder = new TestFolder();
        using (FileStream sparse = File.Create(folder.Combine("sparse")))
        {
            sparse.Write("beginning"u8);
            sparse.SetLength(10L << 30);
        }

        Assert.AreEqual("beginning\0", PlainFile.ReadStart(folder.Combine("sparse"), 10));
    }

    [TestMethod]
    [Timeout(60_000)]
    [DataRow(FileMode.Open)]
    [DataRow(FileMode.OpenOrCreate)]
    [DataRow(FileMode.Create)]
    public void OpenWrite_Pipe_IsRefused(FileMode mode)
    {
        using var folder = new TestFolder();
        NamedPipe.Create(folder.Combine("pipe"));

        StoreException refused = Assert.ThrowsExactly<StoreException>(() => PlainFile.OpenWrite(folder.Combine("pipe"), mode, FileShare.None));

        Assert.AreEqual(StoreFault.NotAFile, refused.Fault);
    }
}
