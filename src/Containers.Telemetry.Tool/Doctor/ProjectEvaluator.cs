using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;
using Containers.Telemetry.Tool.Sdks;

namespace Containers.Telemetry.Tool.Doctor;

/// <summary>Evaluates a project with MSBuild, like a publish from its folder.</summary>
internal sealed class ProjectEvaluator(ToolContext context)
{
    private static readonly string Properties =
        string.Join(',', PackageTargets.Names)
        + ",_ContainersTelemetryConsent,_ContainersTelemetryConsentRule,_ContainersTelemetryObservation,"
        + "_ContainersTelemetryPackageTargets,_ContainersTelemetrySdkTargets,_ContainersTelemetryTaskAssembly,"
        + "ContainerCustomTasksAssembly,ContainersTelemetryAllowInsecureEndpoint,ContainersTelemetryEndpoint,"
        + "ContainersTelemetryMetrics,ContainersTelemetryProtocol,ContainersTelemetryStore,BaseIntermediateOutputPath,"
        + "EnableSdkContainerSupport,IsPublishable,MSBuildToolsPath,NETCoreSdkVersion,OutputType,TargetFramework,"
        + "TargetFrameworks,UsingMicrosoftNETSdk";

    /// <summary>Returns the relevant properties, for the first of several target frameworks.</summary>
    /// <param name="project">Full path of the project file.</param>
    /// <param name="globalProperties">The properties of a publish's command line, as <c>name=value</c>.</param>
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
        (int exitCode, string output, string error) = new DotnetProgram(context).Run(
            Path.GetDirectoryName(project)!,
            [
                "msbuild", project, "-nologo", "-nodeReuse:false", "-getProperty:" + Properties,
                "-getItem:PackageReference,GlobalPackageReference", .. globalProperties.Select(static property => "-p:" + property),
            ]);
        return exitCode == 0 && output.AsSpan().TrimStart() is ['{', ..]
            ? new ProjectProperties(output)
            : throw ToolException.Failure(
                $"{Path.GetFileName(project)} cannot be evaluated: {DotnetProgram.Reason(output + error, "dotnet msbuild failed.")} " +
                "Make \"dotnet build\" work first.");
    }
}
