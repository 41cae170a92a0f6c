namespace Containers.Telemetry.UserFiles;

[TestClass]
public sealed class DailyMarkTests
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("containers-telemetry-mark-").FullName;

    [TestCleanup]
    public void Cleanup() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void A_message_is_logged_once_a_day()
    {
        Assert.IsTrue(Claim(Morning));
        Assert.IsFalse(Claim(Morning.AddHours(23)));
        Assert.IsTrue(Claim(Morning.AddDays(1)));
        Assert.IsFalse(Claim(Morning.AddDays(1)));
    }

    [TestMethod]
    public void Only_one_of_several_concurrent_builds_logs_the_message()
    {
        int claims = 0;
        Parallel.For(0, 16, _ => Interlocked.Add(ref claims, Claim(Morning) ? 1 : 0));

        Assert.AreEqual(1, claims);
    }

    [TestMethod]
    public void A_message_is_not_logged_if_that_cannot_be_stored()
    {
        File.WriteAllText(Path.Combine(_folder, "config"), "a file in the place of the folder");

        Assert.IsFalse(Claim(Morning));
    }

    private bool Claim(DateTimeOffset now) => new ConfigFolder(Path.Combine(_folder, "config")).File("mark").TryClaimDay(now);
}
