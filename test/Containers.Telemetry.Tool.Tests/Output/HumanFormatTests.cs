using Containers.Telemetry.Reports.Tables;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Tests.Output;

[TestClass]
public sealed class HumanFormatTests
{
    [TestMethod]
    [DataRow(0L)]
    [DataRow(1_023L)]
    [DataRow(1_024L)]
    [DataRow(102_350L)]
    [DataRow(1_048_063L)]
    [DataRow(1_048_065L)]
    [DataRow(67_108_864L)]
    [DataRow(long.MaxValue)]
    public void Sizes_and_counts_are_those_of_reports(long value)
    {
        Assert.AreEqual(CellText.Format(ColumnKind.Bytes, value), HumanFormat.Size(value));
        Assert.AreEqual(CellText.Format(ColumnKind.Count, value), HumanFormat.Count(value));
        Assert.AreEqual(CellText.Count(value, "publish", "publishes"), HumanFormat.Count(value, "publish", "publishes"));
    }
}
