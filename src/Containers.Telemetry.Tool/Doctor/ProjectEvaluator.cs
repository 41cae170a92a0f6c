using System.ComponentModel;
using System.Diagnostics;
using Containers.Telemetry.Tool.Sdks;

namespace Containers.Telemetry.Tool.Doctor;

/// <summary>Has MSBuild evaluate a project, as a publish from its folder would.</summary>
internal sealed class ProjectEvaluator(ToolContext context)
{
    private static readonly string Properties =
        string.Join(',', PackageTargets.Names) + ",_ContainersTelemetryConsent,_ContainersTelemetryConsentRule,_ContainersTelemetryObservation,_ContainersTelemetryObserve,"
        + "_ContainersTelemetryPackageTargets,_ContainersTelemetryRuntime,_ContainersTelemetrySdkTargets,_ContainersTelemetryTaskAssembly,ContainerCustomTasksAssembly,ContainersTelemetryAllowInsecureEndpoint,ContainersTelemetryEndpoint,"
        + "ContainersTelemetryEnabled,ContainersTelemetryProtocol,ContainersTelemetryStore,EnableSdkContainerSupport,IsPublishable,MSBuildRuntimeType,MSBuildToolsPath,NETCoreSdkVersion,OutputType,"
        + "TargetFramework,TargetFrameworks,UsingMicrosoftNETSdk";

    /// <summary>Returns the properties that decide, for the first target framework where there are several.</summary>
    /// <param name="project">Full path of the project file.</param>
    /// <param name="globalProperties">What a publish would set on its command line, as <c>name=value</c>.</param>
    /// <exception cref="ToolException">There is no SDK, or the project cannot be evaluated.</exception>
    public ProjectProperties Evaluate(string project, IReadOnlyList<string> globalProperties)
    {
        ProjectProperties properties = Run(project, globalProperties);
        return properties["TargetFramework"].Length == 0 && properties["TargetFrameworks"].Split(';', StringSplitOptions.RemoveEmptyEntries) is [var first, ..]
            ? Run(project, [.. globalProperties, $"TargetFramework={first.Trim()}"])
            : properties;
    }

    private ProjectProperties Run(string project, IReadOnlyList<string> globalProperties)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetDirectoryName(project)!,
            ArgumentList = { "msbuild", project, "-nologo", "-nodeReuse:false", "-getProperty:" + Properties, "-getItem:PackageReference,GlobalPackageReference" },
        };
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach (string property in globalProperties)
        {
            start.ArgumentList.Add("-p:" + property);
        }

        using Process process = Start(start);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 && output.AsSpan().TrimStart() is ['{', ..]
            ? new ProjectProperties(output)
            : throw ToolException.Failure($"{Path.GetFileName(project)} cannot be evaluated: {Reason(output + error.Result)} Make \"dotnet build\" work first.");
    }

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            string where = context.Machine.GetVariable("DOTNET_ROOT") is { Length: > 0 } root ? $" Add {root} to PATH." : " Install the .NET SDK, or add its folder to PATH.";
            throw ToolException.Failure("The program dotnet is not found." + where);
        }
    }

    // The first error as MSBuild words it, without the place it came from.
    private static string Reason(string output)
    {
        foreach (ReadOnlySpan<char> line in output.AsSpan().EnumerateLines())
        {
            int start = line.IndexOf("error ", StringComparison.Ordinal);
            if (start >= 0)
            {
                int end = line.LastIndexOf(" [");
                return line[(start + "error ".Length)..(end > start ? end : line.Length)].Trim(": ").ToString();
            }
        }

        return MissingSdk(output) ?? "dotnet msbuild failed.";
    }

    // Where there is no such SDK, what answers is not MSBuild, and it has no word for an error.
    private static string? MissingSdk(string output)
    {
        string? version = After("Requested SDK version:");
        return version is null ? null : $"the .NET SDK {version}, which {After("global.json file:") ?? "global.json"} asks for, is not installed.";

        string? After(string label)
        {
            foreach (ReadOnlySpan<char> line in output.AsSpan().EnumerateLines())
            {
                if (line.Trim().StartsWith(label, StringComparison.Ordinal))
                {
                    return line.Trim()[label.Length..].Trim().ToString();
                }
            }

            return null;
        }
    }
}
