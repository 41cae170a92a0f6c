namespace Containers.Telemetry.UserFiles;

[TestClass]
public sealed class DailyMarkTests
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("containers-telemetry-mark-").FullName;

    [TestCleanup]
    public void Cleanup() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Something_is_said_once_a_day()
    {
        Assert.IsTrue(Claim(Morning));
        Assert.IsFalse(Claim(Morning.AddHours(23)));
        Assert.IsTrue(Claim(Morning.AddDays(1)));
        Assert.IsFalse(Claim(Morning.AddDays(1)));
    }

    [TestMethod]
    public void Of_many_at_once_one_says_it()
    {
        int claims = 0;
        Parallel.For(0, 16, _ => Interlocked.Add(ref claims, Claim(Morning) ? 1 : 0));

        Assert.AreEqual(1, claims);
    }

    [TestMethod]
    public void What_cannot_be_remembered_is_not_said()
    {
        File.WriteAllText(Path.Combine(_folder, "config"), "a file in the place of the folder");

        Assert.IsFalse(Claim(Morning));
    }

    private bool Claim(DateTimeOffset now) => DailyMark.TryClaim(new ConfigFolder(Path.Combine(_folder, "config")).File("mark"), now);
}
