using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Tests;

/// <summary>Runs the tool in the test process, with a home folder, a clock and a terminal of its own.</summary>
internal sealed class ToolInProcess : IDisposable
{
    private readonly TemporaryFolder _home = new();
    private readonly BareMachine _machine = new();

    public ToolInProcess()
    {
        _machine.Variables["HOME"] = _home.Path;
        _machine.Variables["DOTNET_ROOT"] = _home.Combine("dotnet");
        AddSdk("12.0.100", "Compression=\"$(ContainerCompression)\" ");
        AddSdk("10.0.401", "");
    }

    public DateTimeOffset Now { get; init; } = SampleEvents.Now;

    /// <summary>The text that replaces the home folder in the output.</summary>
    public string HomeName { get; init; } = "~";

    public int Width { get; init; } = 120;

    public bool UsesEscapes { get; init; }

    /// <summary>The input of the person at the terminal; null if there is none.</summary>
    public string? Answers { get; init; }

    /// <summary>The bytes of the standard input.</summary>
    public byte[] Input { get; init; } = [];

    public TimeSpan UtcOffset { get; init; }

    public Dictionary<string, string> Variables => _machine.Variables;

    public string StorePath => _home.Combine(".local", "share", "containers-telemetry");

    public string ConfigPath => _home.Combine(".config", "containers-telemetry");

    public string Home => _home.Path;

    /// <returns>The exit code and the output, errors first, with the home folder replaced.</returns>
    public (int ExitCode, string Text) Run(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal(new StringReader(Answers ?? ""), output, () => error)
        {
            IsInteractive = Answers is not null,
            OpenInput = () => new MemoryStream(Input),
            UsesEscapes = UsesEscapes,
            Width = Width,
        };
        int exitCode = new ToolProgram(ContextOf(terminal)).Run(arguments);
        return (exitCode, (error.ToString() + output).Replace(Home, HomeName, StringComparison.Ordinal));
    }

    /// <summary>The services of a command that writes to a terminal.</summary>
    public ToolContext ContextOf(Terminal terminal) => new()
    {
        Clock = new FixedTime(Now, UtcOffset),
        Config = new ConfigFolder(ConfigPath),
        CurrentDirectory = Home,
        Machine = _machine,
        Terminal = terminal,
    };

    public void Dispose() => _home.Dispose();

    /// <summary>Adds an SDK whose container targets have the shape of a real one.</summary>
    /// <param name="version">The version of the SDK.</param>
    /// <param name="attribute">An additional attribute of the call of CreateNewImage.</param>
    private void AddSdk(string version, string attribute)
    {
        string folder = Directory.CreateDirectory(_home.Combine("dotnet", "sdk", version, "Containers", "build")).FullName;
        File.WriteAllText(Path.Combine(folder, "Microsoft.NET.Build.Containers.props"), "<Project />");
        File.WriteAllText(
            Path.Combine(folder, "Microsoft.NET.Build.Containers.targets"),
            $"""
            <Project><Target Name="PublishContainer">
            <ComputeDotnetBaseImageAndTag /><ParseContainerProperties /><CreateNewImage {attribute}/>
            </Target></Project>
            """);
    }
}
