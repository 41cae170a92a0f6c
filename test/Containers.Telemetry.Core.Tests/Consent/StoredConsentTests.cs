using System.Runtime.Versioning;
using Containers.Telemetry.Consent;
using Containers.Telemetry.Settings;

namespace Containers.Telemetry.Core.Tests.Consent;

[TestClass]
public sealed class StoredConsentTests
{
    [TestMethod]
    public void Choice_stays_until_there_is_another()
    {
        using var folder = new TestFolder();
        var config = new ConfigFolder(folder.Combine("config"));
        Assert.AreEqual(ConsentChoice.None, StoredConsent.Read(config));

        foreach (ConsentChoice choice in new[] { ConsentChoice.Enabled, ConsentChoice.Disabled, ConsentChoice.Enabled, ConsentChoice.None, ConsentChoice.None })
        {
            Assert.IsTrue(StoredConsent.Write(config, choice));
            Assert.AreEqual(choice, StoredConsent.Read(config));
        }

        Assert.IsEmpty(Directory.GetFileSystemEntries(config.Path));
    }

    [TestMethod]
    public void Choice_that_cannot_be_stored_says_so()
    {
        using var folder = new TestFolder();
        folder.Write("file", "");
        Directory.CreateDirectory(folder.Combine("config", "consent"));

        Assert.IsFalse(StoredConsent.Write(new ConfigFolder(folder.Combine("file")), ConsentChoice.Disabled));
        Assert.IsFalse(StoredConsent.Write(new ConfigFolder(folder.Combine("config")), ConsentChoice.Disabled));
        Assert.HasCount(1, Directory.GetFileSystemEntries(folder.Combine("config")));
    }

    /// <summary>MSBuild fails a project over a file that it may not read, and root may have been the one to choose.</summary>
    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public void Choice_can_be_read_by_whoever_gets_into_the_folder()
    {
        using var folder = new TestFolder();
        var config = new ConfigFolder(folder.Combine("config"));

        StoredConsent.Write(config, ConsentChoice.Disabled);

        const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        Assert.AreEqual(Readable | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.Combine("config", "consent")));
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(config.Path));
    }

    [TestMethod]
    public void Reader_never_sees_half_a_choice()
    {
        const int Writes = 500;
        using var folder = new TestFolder();
        var config = new ConfigFolder(folder.Path);
        StoredConsent.Write(config, ConsentChoice.Enabled);

        bool done = false;
        var writer = new Thread(() =>
        {
            for (int count = 0; count < Writes; count++)
            {
                StoredConsent.Write(config, count % 2 == 0 ? ConsentChoice.Disabled : ConsentChoice.Enabled);
            }

            Volatile.Write(ref done, true);
        });
        writer.Start();
        int none = 0;
        while (!Volatile.Read(ref done))
        {
            none += StoredConsent.Read(config) is ConsentChoice.None ? 1 : 0;
        }

        writer.Join();
        Assert.AreEqual(0, none);
    }
}
