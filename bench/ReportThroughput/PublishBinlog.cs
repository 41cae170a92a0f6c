using System.Diagnostics;

namespace Containers.Telemetry.ReportThroughput;

/// <summary>Makes the binary log of a container publish.</summary>
internal static class PublishBinlog
{
    // No registry listens there, so the base image is refused. The log has everything but the transfer, so it is rather small.
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ContainerBaseImage>localhost:1/none:1</ContainerBaseImage>
          </PropertyGroup>
        </Project>
        """;

    /// <summary>Publishes a small project and returns the full path of the log.</summary>
    /// <param name="dotnet">The .NET SDK.</param>
    /// <param name="folder">The folder of the project.</param>
    public static string Create(string dotnet, string folder)
    {
        string project = Directory.CreateDirectory(Path.Combine(folder, "project")).FullName;
        File.WriteAllText(Path.Combine(project, "Hello.csproj"), Project);
        File.WriteAllText(Path.Combine(project, "Program.cs"), "System.Console.WriteLine(1);\n");
        string log = Path.Combine(project, "publish.binlog");
        using Process process = Process.Start(new ProcessStartInfo(dotnet, ["publish", "-t:PublishContainer", "-bl:" + log])
        {
            WorkingDirectory = project,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return File.Exists(log) ? log : throw new InvalidOperationException("dotnet publish wrote no binary log.");
    }
}
