using Containers.Telemetry.Events;
using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Settings;

[TestClass]
public sealed class DeclaredDimensionsTests
{
    [TestMethod]
    public void Read_Items_GiveTheirValuesToEvents()
    {
        (DeclaredDimensions dimensions, List<SettingProblem> problems) = Read(("team", "payments"), ("service_2", "Checkout.Api-v2"));

        Assert.IsEmpty(problems);
        CollectionAssert.AreEquivalent(new[] { "team=payments", "service_2=Checkout.Api-v2" }, On(dimensions));
    }

    [TestMethod]
    public void Read_ItemWithoutValue_IsDeclaredAndOnNoEvent()
    {
        (DeclaredDimensions dimensions, List<SettingProblem> problems) = Read(("action", ""));

        Assert.IsEmpty(problems);
        Assert.IsTrue(dimensions.Values.ContainsKey("action"));
        Assert.IsEmpty(On(dimensions));
    }

    [TestMethod]
    public void Read_SeveralItemsOfOneName_TheLastCounts()
    {
        (DeclaredDimensions dimensions, _) = Read(("team", "payments"), ("team", "search"));

        CollectionAssert.AreEqual(new[] { "team=search" }, On(dimensions));
    }

    [TestMethod]
    [DataRow("Team", "payments")]
    [DataRow("2team", "payments")]
    [DataRow("te am", "payments")]
    [DataRow("", "payments")]
    [DataRow("a23456789012345678901234567890123", "payments")]
    [DataRow("team", "pay ments")]
    [DataRow("team", "/home/alice")]
    [DataRow("team", "alice@contoso.example")]
    [DataRow("team", "00000000001111111111222222222233333333334444444444555555555566666")]
    public void Read_InvalidItems_AreLeftOutWithOneWarning(string name, string value)
    {
        (DeclaredDimensions dimensions, List<SettingProblem> problems) = Read((name, value), ("kept", "yes"), (name, value));

        CollectionAssert.AreEqual(new[] { "kept=yes" }, On(dimensions));
        SettingProblem problem = Assert.ContainsSingle(problems);
        Assert.AreEqual("CTEL0013", problem.Code);
        Assert.StartsWith("2 of 3 ContainersTelemetryDimension items cannot be used", problem.Text);
    }

    [TestMethod]
    public void Read_MoreThanTheMost_TheFirstAreKept()
    {
        (DeclaredDimensions dimensions, List<SettingProblem> problems) =
            Read([.. Enumerable.Range(0, Dimensions.MaxCount + 2).Select(i => ($"d{i}", "x"))]);

        Assert.HasCount(Dimensions.MaxCount, dimensions.Values);
        Assert.StartsWith("2 of 18", Assert.ContainsSingle(problems).Text);
    }

    [TestMethod]
    public void SetDimension_SetAlready_KeepsTheFirst()
    {
        var containerEvent = new ContainerEvent(EventNames.Usage);

        containerEvent.SetDimension("team", "payments");
        containerEvent.SetDimension("team", "search");

        Assert.AreEqual("payments", Assert.ContainsSingle(containerEvent.Dimensions).Value);
    }

    [TestMethod]
    public void Read_AnyText_LetsShortWordsThroughAndNothingElse() =>
        Prop.ForAll<string, string>((name, value) =>
        {
            (DeclaredDimensions dimensions, _) = Read((name ?? "", value ?? ""));
            foreach (string pair in On(dimensions))
            {
                Assert.MatchesRegex("^[a-z][a-z0-9_]{0,31}=[A-Za-z0-9._-]{1,64}\\z", pair);
            }
        }).QuickCheckThrowOnFailure();

    private static (DeclaredDimensions Dimensions, List<SettingProblem> Problems) Read(params (string Name, string Value)[] items)
    {
        List<SettingProblem> problems = [];
        return (DeclaredDimensions.Read([.. items.Select(item => KeyValuePair.Create(item.Name, item.Value))], problems), problems);
    }

    private static string[] On(DeclaredDimensions dimensions)
    {
        var containerEvent = new ContainerEvent(EventNames.Usage);
        dimensions.AddTo(containerEvent);
        return [.. containerEvent.Dimensions.Select(dimension => $"{dimension.Key}={dimension.Value}")];
    }
}
