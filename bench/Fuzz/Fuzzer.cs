namespace Containers.Telemetry.Fuzz;

/// <summary>Tries inputs on a target. The same seed gives the same inputs.</summary>
internal sealed class Fuzzer(FuzzTarget target, int seed)
{
    // More than the cases of a minute, so that the cases of two seeds differ for at least that long.
    private const int SeedStep = 1_000_003;

    private readonly Mutator _mutator = new(target.Seeds);

    /// <summary>The current case, for reports of progress.</summary>
    public byte[] Current { get; private set; } = [];

    /// <summary>Tries a number of cases.</summary>
    /// <param name="first">The number of the first case.</param>
    /// <param name="count">The number of cases.</param>
    /// <returns>The first input that breaks the target, shortened as far as possible; null for none.</returns>
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

    // Removes ever smaller parts that the failure does not need, until no part can be removed.
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
