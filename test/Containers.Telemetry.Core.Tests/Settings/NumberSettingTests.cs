using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Settings;

[TestClass]
public sealed class NumberSettingTests
{
    private const int DeskBudget = 250;
    private const int CiBudget = 2_000;

    [TestMethod]
    [DataRow("", DeskBudget)]
    [DataRow("  ", DeskBudget)]
    [DataRow("0", 0)]
    [DataRow(" 1500\n", 1500)]
    [DataRow("600000", 600_000)]
    public void Read_NumberWithinBounds_Applies(string text, int milliseconds)
    {
        List<SettingProblem> problems = [];

        Assert.AreEqual(TimeSpan.FromMilliseconds(milliseconds), ExportBudget.Read(text, isContinuousIntegration: false, problems));
        Assert.IsEmpty(problems);
    }

    [TestMethod]
    [DataRow("-1")]
    [DataRow("600001")]
    [DataRow("1.5")]
    [DataRow("1,000")]
    [DataRow("2s")]
    [DataRow("99999999999999999999")]
    [DataRow("٣")]
    public void Read_AnythingElse_WarnsOnceAndTheDefaultApplies(string text)
    {
        List<SettingProblem> problems = [];

        Assert.AreEqual(TimeSpan.FromMilliseconds(CiBudget), ExportBudget.Read(text, isContinuousIntegration: true, problems));

        SettingProblem problem = Assert.ContainsSingle(problems);
        Assert.AreEqual("CTEL0011", problem.Code);
        Assert.AreEqual(
            "The property ContainersTelemetryExportBudget must be a whole number of milliseconds from 0 to 600000. Its value is not, so 2000 applies.",
            problem.Text);
    }

    [TestMethod]
    public void Read_AnyText_NeverThrowsAndIsNeverRepeated() =>
        Prop.ForAll<string>(text =>
        {
            List<SettingProblem> problems = [];
            TimeSpan budget = ExportBudget.Read(text ?? "", isContinuousIntegration: false, problems);

            Assert.IsTrue(budget >= TimeSpan.Zero && budget <= TimeSpan.FromMinutes(10));
            Assert.IsTrue(problems.Count <= 1);
            Assert.IsTrue(problems.Count == 0 || budget.TotalMilliseconds == DeskBudget);
        }).QuickCheckThrowOnFailure();
}
