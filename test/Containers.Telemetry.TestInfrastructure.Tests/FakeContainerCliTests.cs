using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Containers.Telemetry.TestInfrastructure.Tests;

[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class FakeContainerCliTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow(ContainerCli.Docker, "docker")]
    [DataRow(ContainerCli.Podman, "podman")]
    public async Task Healthy_LoadsWhatItIsGiven(ContainerCli cli, string name)
    {
        FakeContainerCli fake = FakeContainerCli.Write(_folder.Path, cli, ContainerCliBehavior.Healthy);

        Result version = await RunAsync(name, ["version"]);
        Result load = await RunAsync(name, ["load"], input: "an archive");

        Assert.AreEqual(0, version.ExitCode);
        Assert.AreEqual(0, load.ExitCode);
        Assert.AreEqual("an archive", await File.ReadAllTextAsync(fake.LoadedArchivePath));
        Assert.AreEqual("version|load", string.Join('|', fake.Invocations));
    }

    [TestMethod]
    public async Task Info_OfHealthyDocker_ReportsTheContainerdImageStore()
    {
        FakeContainerCli.Write(_folder.Path, ContainerCli.Docker, ContainerCliBehavior.Healthy);

        Result info = await RunAsync("docker", ["info", "--format={{json .}}"]);

        Assert.AreEqual(0, info.ExitCode);
        Assert.AreEqual(
            """["driver-type","io.containerd.snapshotter.v1"]""",
            JsonNode.Parse(info.Output)!["DriverStatus"]![0]!.ToJsonString());
    }

    [TestMethod]
    public async Task Info_WithoutContainerdImageStore_ReportsAnotherDriver()
    {
        FakeContainerCli.Write(_folder.Path, ContainerCli.Docker, ContainerCliBehavior.WithoutContainerdImageStore);

        Result info = await RunAsync("docker", ["info", "--format={{json .}}"]);

        Assert.AreEqual("overlay2", JsonNode.Parse(info.Output)!["DriverStatus"]![0]![1]!.GetValue<string>());
    }

    [TestMethod]
    public async Task LoadFails_ReadsItsInputAndSaysWhy()
    {
        const string Error = """it's "no space" left on $HOME\n""";
        FakeContainerCli.Write(_folder.Path, ContainerCli.Docker, ContainerCliBehavior.LoadFails(Error));

        Result version = await RunAsync("docker", ["version"]);
        Result load = await RunAsync("docker", ["load"], input: new string('x', 1_000_000));

        Assert.AreEqual(0, version.ExitCode);
        Assert.AreEqual(1, load.ExitCode);
        Assert.AreEqual(Error + "\n", load.Error);
    }

    [TestMethod]
    [DataRow("version")]
    [DataRow("info")]
    [DataRow("load")]
    public async Task DaemonDown_FailsEveryCommand(string command)
    {
        FakeContainerCli.Write(_folder.Path, ContainerCli.Docker, ContainerCliBehavior.DaemonDown);

        Result result = await RunAsync("docker", [command]);

        Assert.AreEqual(1, result.ExitCode);
        Assert.AreNotEqual("", result.Error);
    }

    [TestMethod]
    public async Task ProgramFolder_AsPath_HoldsDotnetAndNoContainerCli()
    {
        ProgramFolder.Fill(_folder.Path);

        Result found = await RunAsync("sh", ["-c", "command -v docker podman || dotnet --version"]);

        Assert.AreEqual(0, found.ExitCode);
        Assert.AreEqual(Environment.Version.Major, Version.Parse(found.Output.Split('-')[0]).Major);
    }

    private sealed record Result(int ExitCode, string Output, string Error);

    private async Task<Result> RunAsync(string program, string[] arguments, string input = "")
    {
        ProcessStartInfo start = new(Path.Combine(_folder.Path, program), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = _folder.Path;

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return new Result(process.ExitCode, await output, await error);
    }
}
