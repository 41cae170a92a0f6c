using System.Globalization;
using Containers.Telemetry.TestInfrastructure.Publishing;
using Spectre.Console;

namespace Containers.Telemetry.Quickstart;

/// <summary>Packs the package, publishes the sample in all ways with the package off and on, and compares the reports.</summary>
internal sealed class Demonstration(IAnsiConsole console, bool isVerbose)
{
    private readonly Progress _progress = new(console);

    /// <summary>Runs the demonstration; returns whether every report of Containers.Telemetry was correct.</summary>
    /// <param name="folder">An empty folder.</param>
    /// <param name="cancellationToken">Kills the running process.</param>
    /// <exception cref="InvalidOperationException">The package or the sample could not be prepared.</exception>
    public async Task<bool> RunAsync(string folder, CancellationToken cancellationToken)
    {
        console.WriteLine("Publishes a container for real, each way with Containers.Telemetry off and on.");
        console.WriteLine("One registry on this machine plays all hosts; nothing leaves the machine.");
        console.WriteLine();

        var feed = await _progress.RunAsync(
            "Pack Containers.Telemetry",
            () => PackageFeed.PackAsync(Repository.PackageProject, Path.Combine(folder, "package"), cancellationToken: cancellationToken),
            feed => feed.Version);
        var sample = await _progress.RunAsync(
            "Restore samples/HelloContainer",
            () => SampleProject.CreateAsync(Path.Combine(folder, "sample"), feed, cancellationToken),
            _ => "done");

        await using var stage = await Stage.SetAsync(folder, cancellationToken);
        var comparisons = new List<PublishComparison>();
        foreach (var publish in SamplePublish.All)
        {
            comparisons.Add(new(
                await PublishAsync(stage, sample, publish, withPackage: false, cancellationToken),
                await PublishAsync(stage, sample, publish, withPackage: true, cancellationToken)));
        }

        console.WriteLine();
        console.Write(new ResultTable(console.Profile.Capabilities.Unicode).Render(comparisons));
        console.WriteLine(Conclude(comparisons));
        return comparisons.All(comparison => comparison.IsRight);
    }

    private async Task<PublishReport> PublishAsync(
        Stage stage, SampleProject sample, SamplePublish publish, bool withPackage, CancellationToken cancellationToken)
    {
        var (report, result) = await _progress.RunAsync(
            $"{publish.Name}, package {(withPackage ? "on" : "off")}",
            () => stage.PublishAsync(sample, publish, withPackage, cancellationToken),
            done => string.Create(CultureInfo.InvariantCulture, $"exit code {done.Report.ExitCode}"));
        if (isVerbose)
        {
            console.WriteLine(result.StandardOutput + result.StandardError);
        }

        return report;
    }

    private static string Conclude(List<PublishComparison> comparisons)
    {
        int sdk = comparisons.Count(comparison => comparison.SdkAlone.IsTrue);
        int package = comparisons.Count(comparison => comparison.WithPackage.IsTrue);
        int changed = comparisons.Count(comparison => !comparison.SdkAlone.WentAsArranged || !comparison.WithPackage.WentAsArranged);
        string unexpected = changed == 0 ? "" : $" {changed} of {comparisons.Count} publishes did not go as arranged.";
        return $"The SDK alone told the truth in {sdk} of {comparisons.Count}, Containers.Telemetry in {package} of {comparisons.Count}.{unexpected}";
    }
}
