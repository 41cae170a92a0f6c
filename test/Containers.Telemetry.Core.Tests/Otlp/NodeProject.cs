using System.Diagnostics;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Otlp;

/// <summary>The Node.js project under test/otlp-decoder, copied beside the tests and with its packages restored.</summary>
internal sealed class NodeProject
{
    private static readonly Lazy<NodeProject> Restored = new(Restore);
    private readonly string _folder;
    private readonly string _node;

    private NodeProject(string folder, string node)
    {
        _folder = folder;
        _node = node;
    }

    /// <summary>Returns the project, or ends the test as inconclusive where there is no Node.js.</summary>
    public static NodeProject OrInconclusive() => Restored.Value;

    /// <summary>Runs a script of the project and returns what it wrote.</summary>
    public string Run(string script, string[] arguments, byte[] input) => Run(_folder, _node, [script, .. arguments], input);

    private static NodeProject Restore()
    {
        string? node = ProgramOnPath.Find("node");
        string? npm = ProgramOnPath.Find("npm");
        if (node is null || npm is null)
        {
            Assert.Inconclusive("No Node.js: install node and npm, which run the official OpenTelemetry packages.");
        }

        string folder = Path.Combine(AppContext.BaseDirectory, "otlp-decoder");
        string mark = Path.Combine(folder, "node_modules", ".restored");
        string lockFile = File.ReadAllText(Path.Combine(folder, "package-lock.json"));
        if (!File.Exists(mark) || File.ReadAllText(mark) != lockFile)
        {
            Run(folder, npm, ["ci"], []);
            File.WriteAllText(mark, lockFile);
        }

        return new NodeProject(folder, node);
    }

    private static string Run(string folder, string program, string[] arguments, byte[] input)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, $"{Path.GetFileName(program)} {string.Join(' ', arguments)}: {errors.Result}{output.Result}");
        return output.Result;
    }
}
