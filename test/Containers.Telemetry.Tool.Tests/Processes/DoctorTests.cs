using System.Text.Json;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Tool.Tests.Processes;

/// <summary>The doctor, on projects that the installed SDK evaluates.</summary>
[TestClass]
public sealed class DoctorTests
{
    [TestMethod]
    public async Task A_project_with_the_package_is_observed()
    {
        using var tool = new ToolProcess();
        WriteProject(tool, "<ContainersTelemetry>true</ContainersTelemetry>");

        CommandResult doctor = await tool.RunAsync("doctor");

        Assert.AreEqual(0, doctor.ExitCode, doctor.StandardOutput + doctor.StandardError);
        Assert.EndsWith("Publishes of this project are observed.\n", doctor.StandardOutput.ReplaceLineEndings("\n"));
    }

    [TestMethod]
    [DataRow("consent", "", "Unset it, or run containers-telemetry enable")]
    [DataRow("consent", "<ContainersTelemetry>false</ContainersTelemetry>", "Remove it from the project")]
    [DataRow("containers", "<ContainersTelemetry>true</ContainersTelemetry><EnableSdkContainerSupport>false</EnableSdkContainerSupport>", "Set the property EnableSdkContainerSupport to true.")]
    [DataRow("containers", "<ContainersTelemetry>true</ContainersTelemetry><OutputType>Library</OutputType>", "Set OutputType to Exe")]
    [DataRow("containers", "<ContainersTelemetry>true</ContainersTelemetry><IsPublishable>false</IsPublishable>", "Remove the property IsPublishable.")]
    [DataRow("tasks", "<ContainersTelemetry>true</ContainersTelemetry><ContainerCustomTasksAssembly>mine.dll</ContainerCustomTasksAssembly>", "Remove the property ContainerCustomTasksAssembly.")]
    [DataRow("store", "<ContainersTelemetry>true</ContainersTelemetry><ContainersTelemetryStore>/dev/null/store</ContainersTelemetryStore>", "Make it a folder that you may write to")]
    [DataRow("store-setting", "<ContainersTelemetry>true</ContainersTelemetry><ContainersTelemetryStore>relative</ContainersTelemetryStore>", "Correct the setting.")]
    [DataRow("endpoint", "<ContainersTelemetry>true</ContainersTelemetry><ContainersTelemetryEndpoint>http://127.0.0.1:9</ContainersTelemetryEndpoint>", "Start the collector there")]
    [DataRow("endpoint-setting", "<ContainersTelemetry>true</ContainersTelemetry><ContainersTelemetryEndpoint>http://collector.example</ContainersTelemetryEndpoint>", "Correct the setting.")]
    public async Task What_stands_in_the_way_is_named_with_its_remedy(string check, string properties, string remedy)
    {
        using var tool = new ToolProcess();
        WriteProject(tool, properties);

        CommandResult doctor = await tool.RunAsync("doctor", "--json");

        Assert.AreEqual(1, doctor.ExitCode, doctor.StandardOutput + doctor.StandardError);
        using JsonDocument result = JsonDocument.Parse(doctor.StandardOutput);
        JsonElement[] faults = [.. result.RootElement.GetProperty("checks").EnumerateArray().Where(found => found.GetProperty("verdict").GetString() != "good")];
        Assert.HasCount(1, faults, doctor.StandardOutput);
        Assert.AreEqual(check, faults[0].GetProperty("name").GetString());
        Assert.Contains(remedy, faults[0].GetProperty("fix").GetString()!);
    }

    [TestMethod]
    public async Task A_project_without_the_package_is_told_how_to_get_it()
    {
        using var tool = new ToolProcess();
        WriteFile(tool, "App.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");

        CommandResult doctor = await tool.RunAsync("doctor");

        Assert.AreEqual(1, doctor.ExitCode);
        Assert.Contains("The package Containers.Telemetry is not referenced.", doctor.StandardOutput);
        Assert.Contains("dotnet add package Containers.Telemetry", doctor.StandardOutput);
    }

    [TestMethod]
    public async Task A_reference_that_is_not_restored_is_told_from_none()
    {
        using var tool = new ToolProcess();
        WriteFile(
            tool,
            "App.csproj",
            "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><OutputType>Exe</OutputType><TargetFrameworks>net10.0;net8.0</TargetFrameworks></PropertyGroup>"
                + "<ItemGroup><PackageReference Include=\"Containers.Telemetry\" Version=\"0.1.0\" /></ItemGroup></Project>");

        CommandResult doctor = await tool.RunAsync("doctor");

        Assert.Contains("Run dotnet restore.", doctor.StandardOutput);
        Assert.Contains("net10.0 was looked at", doctor.StandardOutput);
    }

    [TestMethod]
    public async Task A_project_that_MSBuild_cannot_read_is_a_failure_of_one_line()
    {
        using var tool = new ToolProcess();
        WriteFile(tool, "App.csproj", "<Project");

        CommandResult doctor = await tool.RunAsync("doctor");

        Assert.AreEqual(3, doctor.ExitCode);
        Assert.StartsWith("error: App.csproj cannot be evaluated: MSB4025", doctor.StandardError);
        Assert.AreEqual(1, doctor.StandardError.TrimEnd().Split('\n').Length);
    }

    // The package as this repository has it, without the detour by NuGet.
    private static void WriteProject(ToolProcess tool, string properties)
    {
        string build = Path.Combine(Repository.Root, "build", "Containers.Telemetry");
        WriteFile(
            tool,
            "App.csproj",
            $"""
            <Project>
              <PropertyGroup>
                <_ContainersTelemetryTaskAssembly>{ToolProcess.Assembly}</_ContainersTelemetryTaskAssembly>
              </PropertyGroup>
              <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />
              <Import Project="{build}.props" />
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                {properties}
              </PropertyGroup>
              <Import Project="{build}.targets" />
              <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
            </Project>
            """);
    }

    private static void WriteFile(ToolProcess tool, string name, string content) => File.WriteAllText(Path.Combine(tool.Folder, name), content);
}
