using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Tool.Tests;

/// <summary>A project that imports the package's files of this repository directly, without NuGet.</summary>
internal static class ProjectWithPackage
{
    /// <summary>Writes the project. It can be evaluated and not built.</summary>
    /// <param name="path">Full path of the project file.</param>
    /// <param name="properties">Properties as MSBuild XML.</param>
    public static void Write(string path, string properties)
    {
        string build = Path.Combine(Repository.Root, "build", "Containers.Telemetry");
        string tasks = Path.Combine(Path.GetDirectoryName(path)!, "tasks");
        Directory.CreateDirectory(tasks);
        File.WriteAllText(Path.Combine(tasks, "Containers.Telemetry.dll"), "");
        File.WriteAllText(
            path,
            $"""
            <Project>
              <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />
              <Import Project="{build}.props" />
              <PropertyGroup>
                <_ContainersTelemetryTaskFolder>{tasks}{Path.DirectorySeparatorChar}</_ContainersTelemetryTaskFolder>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                {properties}
              </PropertyGroup>
              <Import Project="{build}.targets" />
              <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
            </Project>
            """);
    }
}
