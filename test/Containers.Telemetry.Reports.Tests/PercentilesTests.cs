using Containers.Telemetry.Reports.Aggregation;
using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Reports.Tests;

[TestClass]
public sealed class PercentilesTests
{
    [TestMethod]
    public void APercentile_IsTheSmallestValueThatEnoughAreNotAbove() => Prop.ForAll(
        ArbMap.Default.ArbFor<long[]>(),
        Gen.Choose(1, 100).ToArbitrary(),
        static (values, percent) =>
        {
            long[] sorted = [.. values.Order()];
            long? found = Percentiles.Of(sorted, percent);
            return sorted.Length == 0
                ? found is null
                : found == sorted.First(candidate => sorted.LongCount(value => value <= candidate) * 100 >= (long)percent * sorted.Length);
        }).QuickCheckThrowOnFailure();
}
