using System.Globalization;
using Containers.Telemetry.StoreGenerator;

const string Usage = """
    Writes a store of container publishes that never happened, the same for the same seed.

    Usage:
      dotnet run -c Release --project bench/StoreGenerator -- FOLDER [options]

    Options:
      --publishes N  Number of publishes (default 1000000), about two lines of 3 KB each.
      --seed N       Seed (default 1).
      --plain        Two lines a publish: no unfinished ones, none for several architectures,
                     no line twice. What counts lines then counts publishes.
      --help         Show this text.
    """;

string? folder = null;
int publishes = 1_000_000;
int seed = 1;
bool isPlain = false;
for (int i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--help" or "-h":
            Console.WriteLine(Usage);
            return 0;
        case "--publishes" when PositiveNumber.At(++i, args) is { } number:
            publishes = number;
            break;
        case "--seed" when PositiveNumber.At(++i, args) is { } number:
            seed = number;
            break;
        case "--plain":
            isPlain = true;
            break;
        case { } path when folder is null && !path.StartsWith('-'):
            folder = path;
            break;
        default:
            Console.Error.WriteLine("Cannot understand the arguments. Try --help.");
            return 2;
    }
}

if (folder is null)
{
    Console.Error.WriteLine("Name a folder. Try --help.");
    return 2;
}

long bytes = GeneratedStore.Write(folder, publishes, seed, isPlain);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{publishes} publishes, {bytes / 1e6:0} MB in {Path.GetFullPath(folder)}"));
return 0;
