namespace Containers.Telemetry.StoreGenerator;

/// <summary>Values to choose from, each with a weight.</summary>
internal sealed class Choice<T>(params (double Weight, T Value)[] options)
{
    private readonly double _total = options.Sum(static option => option.Weight);

    public T Next(Random random)
    {
        double at = random.NextDouble() * _total;
        foreach ((double weight, T value) in options)
        {
            at -= weight;
            if (at < 0)
            {
                return value;
            }
        }

        return options[^1].Value;
    }
}
