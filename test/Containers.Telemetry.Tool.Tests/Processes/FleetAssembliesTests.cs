using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Tool.Tests.Processes;

/// <summary>Only commands for a fleet load the assemblies for its database, so that all other commands start fast.</summary>
[TestClass]
public sealed class FleetAssembliesTests
{
    private static readonly string[] OfFleets = ["ClickHouse.Driver.dll", "ClickHouse.Driver.Common.dll", "Containers.Telemetry.Fleet.dll", "NodaTime.dll"];

    [TestMethod]
    [DataRow("show", "--last", "3")]
    [DataRow("report")]
    [DataRow("export", "--format", "csv")]
    [DataRow("export-dataset", "--quarter", "2026Q3", "-o", "-")]
    [DataRow("fields")]
    [DataRow("status")]
    [DataRow("--help")]
    public async Task A_command_without_a_fleet_does_not_load_its_assemblies(params string[] arguments)
    {
        using var tool = new ToolProcess();
        using var folder = new TemporaryFolder();
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now));
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(ToolProcess.Assembly)!))
        {
            File.Copy(file, folder.Combine(Path.GetFileName(file)));
        }

        // A command that loads a file without an assembly in it fails.
        foreach (string file in OfFleets)
        {
            Assert.IsTrue(File.Exists(folder.Combine(file)), file);
            File.WriteAllText(folder.Combine(file), "no assembly");
        }

        CommandResult whole = await tool.RunAsync(arguments);
        CommandResult without = await new DotnetCommand([folder.Combine("Containers.Telemetry.Tool.dll"), .. arguments])
        {
            Environment = tool.Environment,
            WorkingDirectory = tool.Folder,
        }.RunAsync();

        // Ages and dates in the output may have changed since the first run.
        if (whole.StandardOutput != without.StandardOutput)
        {
            whole = await tool.RunAsync(arguments);
        }

        Assert.AreEqual((whole.ExitCode, whole.StandardOutput, whole.StandardError), (without.ExitCode, without.StandardOutput, without.StandardError));
    }
}
