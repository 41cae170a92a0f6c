using System.Globalization;

namespace Containers.Telemetry;

[TestClass]
public sealed class UuidV7Tests
{
    [TestMethod]
    public void Create_Identifier_HasVersionSevenAndTheVariantOfTheStandard()
    {
        for (int i = 0; i < 1_000; i++)
        {
            Guid id = UuidV7.Create();

            Assert.AreEqual(7, id.Version);
            Assert.AreEqual(0b10, id.Variant >> 2);
        }
    }

    [TestMethod]
    public void Create_Moment_IsInTheFirst48Bits()
    {
        // The example of RFC 9562, A.6.
        string id = UuidV7.Create(DateTimeOffset.Parse("2022-02-22T14:22:22-05:00", CultureInfo.InvariantCulture)).ToString("D");

        Assert.StartsWith("017f22e2-79b0-7", id);
    }

    [TestMethod]
    public void Create_MomentsAMillisecondApart_SortByTime()
    {
        DateTimeOffset[] moments = [.. Enumerable.Range(0, 5_000).Select(i => DateTimeOffset.UnixEpoch.AddDays(i * 10).AddMilliseconds(i))];
        moments = [.. moments.SelectMany(moment => new[] { moment, moment.AddMilliseconds(1) })];

        string[] ids = [.. moments.Select(moment => UuidV7.Create(moment).ToString("D"))];

        CollectionAssert.AreEqual(ids.Order(StringComparer.Ordinal).ToArray(), ids);
    }

    [TestMethod]
    public void Create_SameMoment_GivesDifferentIdentifiers() =>
        Assert.HasCount(1_000, Enumerable.Range(0, 1_000).Select(_ => UuidV7.Create(DateTimeOffset.UnixEpoch)).Distinct());
}
