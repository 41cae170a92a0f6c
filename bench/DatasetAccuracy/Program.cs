using System.Globalization;
using Containers.Telemetry.DatasetAccuracy;
using Containers.Telemetry.Reports.Datasets;

const string Usage = """
    Prints the table of docs/dataset.md: how accurate the dataset of a quarter is, for generated stores of several sizes.

    Usage:
      dotnet run -c Release --project bench/DatasetAccuracy -- [PUBLISHES ...]

    PUBLISHES are those of a year, of which the third quarter has about a quarter. Default: 100000 400000 1600000, which
    takes some minutes and a few gigabytes of the temporary folder.
    """;

int[] sizes = [.. args.Select(static argument => int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out int size) ? size : 0)];
if (sizes.Contains(0))
{
    Console.Error.WriteLine(Usage);
    return args is ["--help"] ? 0 : 2;
}

PrivacyBudget[] budgets = [PrivacyBudget.Default with { Epsilon = 0.5 }, PrivacyBudget.Default, PrivacyBudget.Default with { Epsilon = 2 }];
Console.WriteLine(AccuracyRow.Heading);
foreach (int size in sizes is [] ? [100_000, 400_000, 1_600_000] : sizes)
{
    using var store = new QuarterStore(size);
    foreach (PrivacyBudget budget in budgets)
    {
        Console.WriteLine(AccuracyRow.Of(store, budget));
    }
}

return 0;
