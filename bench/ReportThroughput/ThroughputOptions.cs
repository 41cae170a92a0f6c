using System.Globalization;

namespace Containers.Telemetry.ReportThroughput;

/// <summary>The options of the command line.</summary>
internal sealed record ThroughputOptions
{
    public const string Usage = """
        Compares a whole report with jq, DuckDB and MSBuild.StructuredLogger doing the same counts.

        Usage:
          dotnet run -c Release --project bench/ReportThroughput [-- options]

        Options:
          --publishes N   Number of publishes to generate (default 1000000): 6.6 GB.
          --store FOLDER  Where to generate them, and what to read when it is there already
                          (default: a temporary folder, deleted afterwards).
          --rounds N      Rounds of each program (default 1).
          --without TOOL  Leave out jq, duckdb or binlog; may be given several times.
          --json FILE     Also write all measurements to a file.
          --help          Show this text.

        It needs Linux. jq (a package of Debian) and DuckDB (npm ci in bench/ReportThroughput,
        Node.js 20) are left out with a word when they are not there.
        """;

    public bool Help { get; init; }

    public int Publishes { get; init; } = 1_000_000;

    public string? Store { get; init; }

    public int Rounds { get; init; } = 1;

    public IReadOnlyList<string> Without { get; init; } = [];

    public string? JsonFile { get; init; }

    /// <summary>Reads the arguments of the command line.</summary>
    /// <exception cref="ArgumentException">An argument is not an option, or its value is missing or wrong.</exception>
    public static ThroughputOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new ThroughputOptions();
        for (int i = 0; i < arguments.Count; i++)
        {
            string option = arguments[i];
            options = option switch
            {
                "--help" or "-h" or "-?" => options with { Help = true },
                "--publishes" => options with { Publishes = Number() },
                "--rounds" => options with { Rounds = Number() },
                "--store" => options with { Store = Path.GetFullPath(Value()) },
                "--without" => options with { Without = [.. options.Without, Value()] },
                "--json" => options with { JsonFile = Path.GetFullPath(Value()) },
                _ => throw new ArgumentException($"Unknown option {option}. Try --help."),
            };

            string Value() => ++i < arguments.Count ? arguments[i] : throw new ArgumentException($"{option} needs a value.");

            int Number() => int.TryParse(Value(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
                ? number
                : throw new ArgumentException($"{option} needs a number from 1.");
        }

        return options;
    }
}
