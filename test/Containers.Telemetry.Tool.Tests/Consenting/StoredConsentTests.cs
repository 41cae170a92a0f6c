using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.Tool.Consenting;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Tests.Consenting;

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

        Assert.IsFalse(StoredConsent.Write(new ConfigFolder(folder.Combine("file")), ConsentChoice.Disabled));
    }

    [TestMethod]
    [DataRow("consent-disabled", ConsentChoice.Disabled)]
    [DataRow("consent-enabled", ConsentChoice.Enabled)]
    public void A_folder_in_place_of_the_file_is_no_choice(string name, ConsentChoice choice)
    {
        using var folder = new TestFolder();
        var config = new ConfigFolder(folder.Path);
        Directory.CreateDirectory(folder.Combine(name));

        Assert.AreEqual(ConsentChoice.None, StoredConsent.Read(config));
        Assert.IsFalse(StoredConsent.Write(config, choice));
        Assert.HasCount(1, Directory.GetFileSystemEntries(folder.Path));
    }

    [TestMethod]
    [DataRow("consent-disabled", ConsentChoice.Disabled)]
    [DataRow("consent-enabled", ConsentChoice.Enabled)]
    public void Choice_can_be_a_file_created_by_hand(string name, ConsentChoice choice)
    {
        using var folder = new TestFolder();

        folder.Write(name, "");

        Assert.AreEqual(choice, StoredConsent.Read(new ConfigFolder(folder.Path)));
    }

    [TestMethod]
    public void No_outranks_yes()
    {
        using var folder = new TestFolder();

        folder.Write("consent-enabled", "");
        folder.Write("consent-disabled", "");

        Assert.AreEqual(ConsentChoice.Disabled, StoredConsent.Read(new ConfigFolder(folder.Path)));
    }

    [TestMethod]
    public void Reader_sees_a_choice_while_it_changes()
    {
        const int Changes = 500;
        using var folder = new TestFolder();
        var config = new ConfigFolder(folder.Path);
        StoredConsent.Write(config, ConsentChoice.Enabled);

        for (int count = 0; count < Changes; count++)
        {
            ConsentChoice next = count % 2 == 0 ? ConsentChoice.Disabled : ConsentChoice.Enabled;
            bool isWritten = false;
            var writer = new Thread(() => isWritten = StoredConsent.Write(config, next));
            writer.Start();
            int none = 0;
            while (writer.IsAlive)
            {
                none += StoredConsent.Read(config) is ConsentChoice.None ? 1 : 0;
            }

            writer.Join();
            Assert.IsTrue(isWritten);
            Assert.AreEqual(0, none);
            Assert.AreEqual(next, StoredConsent.Read(config));
        }
    }
}
