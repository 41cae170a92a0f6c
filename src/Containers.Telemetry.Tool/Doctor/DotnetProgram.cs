using System.ComponentModel;
using System.Diagnostics;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Doctor;

/// <summary>Runs the dotnet command on the PATH.</summary>
internal sealed class DotnetProgram(ToolContext context)
{
    /// <param name="folder">Full path of the folder that it runs in.</param>
    /// <exception cref="ToolException">It is not found.</exception>
    public (int ExitCode, string Output, string Error) Run(string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = folder };
        start.Environment["DOTNET_NOLOGO"] = "1";
        using Process process = Start(start);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    /// <summary>Returns the first error as MSBuild words it, without the place it came from.</summary>
    /// <param name="otherwise">What to say where there is no such line.</param>
    public static string Reason(string output, string otherwise)
    {
        foreach (ReadOnlySpan<char> line in output.AsSpan().EnumerateLines())
        {
            int start = line.IndexOf("error ", StringComparison.Ordinal);
            if (start >= 0)
            {
                ReadOnlySpan<char> text = line[(start + "error ".Length)..];
                int end = text.LastIndexOf(" [");
                return (end > 0 ? text[..end] : text).Trim(": ").ToString();
            }
        }

        return MissingSdk(output) ?? otherwise;
    }

    // If the SDK is missing, the answer comes from the host, not from MSBuild, and has no "error".
    private static string? MissingSdk(string output)
    {
        string? version = After("Requested SDK version:");
        return version is null ? null : $"the .NET SDK {version}, which {After("global.json file:") ?? "global.json"} asks for, is not installed.";

        string? After(string label) =>
            Array.Find(output.Split('\n', StringSplitOptions.TrimEntries), line => line.StartsWith(label, StringComparison.Ordinal))?[label.Length..].Trim();
    }

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            string where = context.Machine.GetVariable("DOTNET_ROOT") is { Length: > 0 } root
                ? $" Add {root} to PATH."
                : " Install the .NET SDK, or add its folder to PATH.";
            throw ToolException.Failure("The program dotnet is not found." + where);
        }
    }
}
