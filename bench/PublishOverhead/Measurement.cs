namespace Containers.Telemetry.PublishOverhead;

/// <summary>The costs of one variant, one element a round.</summary>
internal sealed record Measurement(Variant Variant, IReadOnlyList<Cost> Costs)
{
    /// <summary>Measures variants in turn. Each round begins with another variant, so that none always follows the same one.</summary>
    /// <param name="variants">The variants.</param>
    /// <param name="rounds">The number of measurements of each, after one for warm-up that does not count.</param>
    /// <param name="publish">Publishes a variant once.</param>
    /// <param name="report">Called after each round.</param>
    public static IReadOnlyList<Measurement> Take(
        IReadOnlyList<Variant> variants, int rounds, Func<Variant, Cost> publish, Action<int> report)
    {
        foreach (var variant in variants)
        {
            publish(variant);
        }

        var costs = variants.Select(_ => new List<Cost>(rounds)).ToArray();
        for (int round = 0; round < rounds; round++)
        {
            for (int turn = 0; turn < variants.Count; turn++)
            {
                int index = (round + turn) % variants.Count;
                costs[index].Add(publish(variants[index]));
            }

            report(round + 1);
        }

        return [.. variants.Zip(costs, (variant, own) => new Measurement(variant, own))];
    }

    /// <summary>The quartiles of one figure.</summary>
    public Quartiles Of(Func<Cost, double> figure) => Quartiles.Of(Costs.Select(figure));

    /// <summary>The quartiles of the ratio of one figure to that of another variant in the same round.</summary>
    public Quartiles RatioTo(Measurement other, Func<Cost, double> figure) =>
        Quartiles.Of(Costs.Zip(other.Costs, (own, others) => figure(own) / figure(others)));

    /// <summary>The difference between one figure and that of another variant in the same round, one element a round.</summary>
    public double[] DifferencesTo(Measurement other, Func<Cost, double> figure) =>
        [.. Costs.Zip(other.Costs, (own, others) => figure(own) - figure(others))];
}
