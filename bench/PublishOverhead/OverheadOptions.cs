using System.Globalization;
using Containers.Telemetry.PublishOverhead.Hostile;
using Containers.Telemetry.TestInfrastructure.Publishing.Bands;

namespace Containers.Telemetry.PublishOverhead;

/// <summary>The options of the command line.</summary>
internal sealed record OverheadOptions
{
    public const string Usage = """
        Measures what Containers.Telemetry adds to a publish of samples/HelloContainer.

        Usage:
          dotnet run -c Release --project bench/PublishOverhead [-- options]

        Options:
          --rounds N    Publishes of each variant, at least 15 for a figure to quote (default 21).
          --inferred    Let the SDK infer the base image from mcr.microsoft.com, played over TLS
                        on this machine, instead of naming one.
          --band NAME   Publish with the SDK of another band: the installed one, with container targets
                        and tasks of the shape of that band, such as "10.0.1xx to 10.0.3xx".
          --sinks       Compare where events go: the store, a collector, one that refuses or hangs,
                        and a collector by the official OpenTelemetry SDK; and the three protocols.
          --hostile PLACE
                        Only publish to endpoints that hang, drip, flood, reset and refuse, and
                        compare the time that each takes with the budget of the place: "desk" or "ci".
          --assemblies  Only show which assemblies are loaded and what is compiled at run time.
          --json FILE   Also write all measurements to a file.
          --help        Show this text.

        It needs Linux, and an otherwise idle machine.
        """;

    public bool Help { get; init; }

    public int Rounds { get; init; } = 21;

    public bool Inferred { get; init; }

    /// <summary>The band of the SDK that publishes; null for the installed SDK.</summary>
    public Band? Band { get; init; }

    public bool Sinks { get; init; }

    /// <summary>The place from which hostile endpoints are published to; null for none.</summary>
    public HostilePlace? Hostile { get; init; }

    public bool AssembliesOnly { get; init; }

    public string? JsonFile { get; init; }

    /// <summary>Reads the arguments of the command line.</summary>
    /// <exception cref="ArgumentException">An argument is not an option, or its value is missing or wrong.</exception>
    public static OverheadOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new OverheadOptions();
        for (int i = 0; i < arguments.Count; i++)
        {
            options = arguments[i] switch
            {
                "--help" or "-h" or "-?" => options with { Help = true },
                "--inferred" => options with { Inferred = true },
                "--band" => options with { Band = BandOf(Value(ref i)) },
                "--sinks" => options with { Sinks = true },
                "--hostile" => options with { Hostile = PlaceOf(Value(ref i)) },
                "--assemblies" => options with { AssembliesOnly = true },
                "--rounds" when int.TryParse(Value(ref i), NumberStyles.None, CultureInfo.InvariantCulture, out int rounds) && rounds > 0 =>
                    options with { Rounds = rounds },
                "--rounds" => throw new ArgumentException("--rounds needs a number from 1."),
                "--json" => options with { JsonFile = Value(ref i) ?? throw new ArgumentException("--json needs a file.") },
                string other => throw new ArgumentException($"Unknown option {other}. Try --help."),
            };
        }

        return options;

        static Band BandOf(string? name) => Bands.All.FirstOrDefault(band => band.Name == name)
            ?? throw new ArgumentException($"--band needs one of these: {string.Join("; ", Bands.All.Select(band => band.Name))}.");

        static HostilePlace PlaceOf(string? name) => name switch
        {
            "desk" => HostilePlace.Desk,
            "ci" => HostilePlace.Ci,
            _ => throw new ArgumentException("--hostile needs a place: desk or ci."),
        };

        string? Value(ref int i) => ++i < arguments.Count ? arguments[i] : null;
    }
}
