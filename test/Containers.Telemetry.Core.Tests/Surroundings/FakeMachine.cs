using System.Runtime.InteropServices;
using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Core.Tests.Surroundings;

/// <summary>A Linux machine without any variables or files, unless the test sets them.</summary>
internal sealed class FakeMachine : IMachineEnvironment
{
    public Dictionary<string, string> Files { get; } = [];

    public Dictionary<string, string> Variables { get; } = [];

    public List<string> FilesRead { get; } = [];

    public IReadOnlyList<string> CommandLine { get; init; } = ["dotnet.dll", "publish"];

    public bool IsWindowsContainer { get; init; }

    public Architecture OSArchitecture { get; init; } = Architecture.X64;

    public OSFamily OSFamily { get; init; } = OSFamily.Linux;

    public Version? OSVersion { get; init; }

    public string? ProcessName { get; init; } = "dotnet";

    public string? RegionName { get; init; }

    /// <summary>Variables, written <c>NAME=value;NAME=value</c>.</summary>
    public static FakeMachine WithVariables(string variables, OSFamily family = OSFamily.Linux)
    {
        var machine = new FakeMachine { OSFamily = family };
        foreach (string variable in variables.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = variable.Split('=', 2);
            machine.Variables[parts[0]] = parts[1];
        }

        return machine;
    }

    public static FakeMachine WithFile(string path, string content) => new() { Files = { [path] = content } };

    public string? GetVariable(string name) => Variables.GetValueOrDefault(name);

    public bool FileExists(string path) => Files.ContainsKey(path);

    public string? ReadFile(string path, int maxChars)
    {
        FilesRead.Add(path);
        string? content = Files.GetValueOrDefault(path);

        return content?[..Math.Min(content.Length, maxChars)];
    }
}
