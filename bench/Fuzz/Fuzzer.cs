namespace Containers.Telemetry.Fuzz;

/// <summary>Tries inputs on a target. The same seed gives the same inputs.</summary>
internal sealed class Fuzzer(FuzzTarget target, int seed)
{
    // More than the cases of a minute, so that two seeds have none in common for that long.
    private const int SeedStep = 1_000_003;

    private readonly Mutator _mutator = new(target.Seeds);

    /// <summary>What is being tried now, for those who wait for it.</summary>
    public byte[] Current { get; private set; } = [];

    /// <summary>Tries a number of cases.</summary>
    /// <param name="first">The number of the first one.</param>
    /// <param name="count">How many.</param>
    /// <returns>The first that breaks the target, made as short as it can be; null for none.</returns>
    public FuzzFailure? Run(long first, int count)
    {
        for (long number = first; number < first + count; number++)
        {
            byte[] input = _mutator.Make(new Random(unchecked((seed * SeedStep) + (int)number)));
            Current = input;
            if (target.Try(input) is { } problem)
            {
                byte[] shortest = Shrink(input, problem);
                return new FuzzFailure(target.Name, shortest, target.Try(shortest) ?? problem);
            }
        }

        return null;
    }

    // Leaves out what is not needed to break it in the same way: ever smaller parts, until none can go.
    private byte[] Shrink(byte[] input, Exception problem)
    {
        for (int part = input.Length / 2; part > 0; part /= 2)
        {
            for (int at = 0; at + part <= input.Length;)
            {
                byte[] shorter = [.. input[..at], .. input[(at + part)..]];
                if (target.Try(shorter)?.GetType() == problem.GetType())
                {
                    input = shorter;
                }
                else
                {
                    at += part;
                }
            }
        }

        return input;
    }
}
