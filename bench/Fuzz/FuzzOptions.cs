using System.Globalization;

namespace Containers.Telemetry.Fuzz;

/// <summary>The options of the command line.</summary>
/// <param name="Minutes">The duration in minutes.</param>
/// <param name="Seed">The seed of the inputs.</param>
/// <param name="Targets">The targets that read them.</param>
internal sealed record FuzzOptions(double Minutes, int Seed, IReadOnlyList<FuzzTarget> Targets)
{
    public static string Help { get; } =
        $"""
        dotnet run -c Release --project bench/Fuzz -- [--minutes N] [--seed N] [--target NAME]...

        Tries inputs on the readers and classifiers of others' text, and prints each that breaks one, with the command that adds it to the corpus.
          --minutes N     how long; 1 by default
          --seed N        what the inputs follow from; by default another each time
          --target NAME   only this one: {string.Join(", ", FuzzTargets.All.Select(static target => target.Name))}
        """;

    /// <summary>Reads the arguments; null if they are invalid.</summary>
    public static FuzzOptions? Parse(string[] arguments)
    {
        double minutes = 1;
        int seed = Random.Shared.Next();
        var targets = new List<FuzzTarget>();
        for (int i = 0; i < arguments.Length; i += 2)
        {
            string value = i + 1 < arguments.Length ? arguments[i + 1] : "";
            bool isRead = arguments[i] switch
            {
                "--minutes" => double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out minutes),
                "--seed" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out seed),
                "--target" => Add(targets, value),
                _ => false,
            };
            if (!isRead)
            {
                return null;
            }
        }

        return new FuzzOptions(minutes, seed, targets.Count == 0 ? FuzzTargets.All : targets);
    }

    private static bool Add(List<FuzzTarget> targets, string name)
    {
        targets.AddRange(FuzzTargets.All.Where(target => target.Name == name));
        return targets.Count > 0 && targets[^1].Name == name;
    }
}
