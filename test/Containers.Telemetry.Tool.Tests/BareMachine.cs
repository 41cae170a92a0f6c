using System.Runtime.InteropServices;
using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Tool.Tests;

/// <summary>A Linux machine that has only environment variables.</summary>
internal sealed class BareMachine : IMachineEnvironment
{
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<string> CommandLine => [];

    public bool IsWindowsContainer => false;

    public Architecture OSArchitecture => Architecture.X64;

    public OSFamily OSFamily => OSFamily.Linux;

    public Version? OSVersion => null;

    public string? ProcessName => null;

    public string? RegionName => null;

    public string? GetVariable(string name) => Variables.GetValueOrDefault(name);

    public bool FileExists(string path) => false;

    public string? ReadFile(string path, int maxChars) => null;
}
