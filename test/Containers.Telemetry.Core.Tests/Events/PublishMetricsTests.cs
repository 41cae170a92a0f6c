using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Events;

[TestClass]
public sealed class PublishMetricsTests
{
    /// <summary>Counts all combinations one by one. docs/collected-data.md has the number.</summary>
    [TestMethod]
    public void MostSeries_IsTheNumberOfLabelSetsThatAPublishCanHave()
    {
        string[] places =
        [
            .. OutcomeFields.RemotePushType.AllowedValues.Select(static kind => "remote " + kind),
            .. OutcomeFields.LocalPushType.AllowedValues.Select(static kind => "local " + kind),
            "none",
        ];
        var series =
            from end in Ends()
            from pull in OutcomeFields.RemotePullType.AllowedValues.Append("none")
            from push in places
            from observation in DetailFields.Observation.AllowedValues
            select (end, pull, push, observation);

        Assert.AreEqual(series.Distinct().Count(), PublishMetrics.MostSeries);
    }

    [TestMethod]
    public void Labels_HaveClosedListsAndIdentifyNobody()
    {
        foreach (EventField label in PublishMetrics.Labels)
        {
            Assert.AreEqual(FieldKind.Choice, label.Kind, label.Name);
            Assert.IsFalse(label.IsResource, label.Name);
            Assert.IsLessThan(50, label.AllowedValues.Length, label.Name);
        }
    }

    [TestMethod]
    public void Metrics_Names_AreOfTheFormOfTheConventions()
    {
        foreach (MetricDefinition metric in PublishMetrics.All)
        {
            Assert.MatchesRegex(@"\Acontainers_telemetry(\.[a-z][a-z0-9_]*)+\z", metric.Name);
            Assert.EndsWith(".", metric.Description);
        }
    }

    [TestMethod]
    public void DurationBounds_Rise() => Assert.AreSequenceEqual(PublishMetrics.DurationBounds.Order().Distinct(), PublishMetrics.DurationBounds);

    private static IEnumerable<string> Ends()
    {
        yield return "success";
        foreach (string error in OutcomeFields.Error.AllowedValues)
        {
            foreach (string direction in OutcomeFields.Direction.AllowedValues.Append("none"))
            {
                yield return $"{error} {direction}";
            }
        }
    }
}
