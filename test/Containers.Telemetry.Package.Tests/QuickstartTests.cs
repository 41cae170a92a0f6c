using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests;

/// <summary>The README's first command, run as in a pipeline.</summary>
[TestClass]
public sealed class QuickstartTests : IDisposable
{
    private static readonly string[] Publishes =
    [
        "Push to ghcr.io", "Write an archive", "Push, refused with 403", "Push, answered with 401",
        "Publish for a RID that no base image has", "Push for two architectures",
    ];

    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; init; }

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task Quickstart_reports_six_publishes_correctly()
    {
        var result = await RunAsync();

        Assert.AreEqual(0, result.ExitCode, result.StandardOutput + result.StandardError);
        foreach (string publish in Publishes)
        {
            Assert.Contains($"{publish}, package off: ", result.StandardOutput);
            Assert.Contains($"{publish}, package on: ", result.StandardOutput);
        }

        string[] lines = result.StandardOutput.Split('\n', StringSplitOptions.TrimEntries);
        Assert.AreEqual(Publishes.Length, lines.Count(line => line.StartsWith('├')), result.StandardOutput);
        Assert.IsTrue(lines.All(line => line.Length <= 80), result.StandardOutput);
        Assert.Contains("Containers.Telemetry in 6 of 6.", result.StandardOutput);
        Assert.DoesNotContain('\e', result.StandardOutput, "Redirected output has control sequences.");
        Assert.IsEmpty(Directory.EnumerateDirectories(_folder.Combine("home", "tmp"), "ct-*"), "The working folder was not deleted.");
    }

    [TestMethod]
    public async Task An_unknown_option_is_refused_in_one_line()
    {
        var result = await RunAsync("--no-such-option");

        Assert.AreEqual(2, result.ExitCode);
        Assert.AreEqual("Unknown option --no-such-option. Try --help.", result.StandardError.TrimEnd());
    }

    // The Quickstart restores from the machine's own packages, as in any clone.
    private Task<CommandResult> RunAsync(params string[] arguments) =>
        new DotnetCommand([Path.Combine(AppContext.BaseDirectory, "Quickstart.dll"), .. arguments])
        {
            Environment = DotnetEnvironment.ForUser(_folder.Combine("home"), MachineNuGet.PackagesFolder),
            WorkingDirectory = Repository.Root,

            // The Quickstart packs and publishes about a dozen times.
            TimeLimit = TimeSpan.FromMinutes(40),
        }.RunAsync(TestContext.CancellationToken);
}
