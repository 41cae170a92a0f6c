using Containers.Telemetry.Tool.Sdks;

namespace Containers.Telemetry.Tool.Doctor;

/// <summary>Looks for what keeps the publishes of a project from being observed: the conditions of the package's targets, each by itself.</summary>
internal sealed class ProjectDoctor(ProjectProperties project, KnownSdks knownSdks)
{
    private const string PackageName = "Containers.Telemetry";
    private const string Bracketed = "so it is seen whether a publish succeeds, but not why it fails.";

    /// <summary>Runs the checks in the order in which they are best seen to.</summary>
    public IEnumerable<CheckResult> Check()
    {
        yield return CheckStyle();
        CheckResult package = CheckPackage();
        yield return package;
        if (package.Verdict is Verdict.Good)
        {
            yield return CheckConsent();
        }

        yield return CheckContainerSupport();
        yield return CheckTasks();
        CheckResult sdk = CheckSdk();
        yield return sdk;
        if (CheckMSBuild() is { } runtime)
        {
            yield return runtime;
        }

        if (project["TargetFrameworks"].Contains(';'))
        {
            yield return new CheckResult(
                "frameworks",
                Verdict.Good,
                $"The project has several target frameworks; {project["TargetFramework"]} was looked at.",
                "A container is published of one of them: use dotnet publish -f FRAMEWORK.");
        }
    }

    private CheckResult CheckStyle() => project.Is("UsingMicrosoftNETSdk", "true")
        ? new("project", Verdict.Good, "The project uses the .NET SDK.")
        : new("project", Verdict.Bad, "The project does not use the .NET SDK, which publishes the containers.", "Begin the project file with <Project Sdk=\"Microsoft.NET.Sdk\">.");

    private CheckResult CheckPackage()
    {
        string assembly = project["_ContainersTelemetryTaskAssembly"];
        if (project["_ContainersTelemetryConsent"].Length > 0)
        {
            return File.Exists(assembly)
                ? new("package", Verdict.Good, $"The package {PackageName} is in use.")
                : new("package", Verdict.Bad, $"The package {PackageName} is in use, but its task assembly is missing.", "Run dotnet restore --force.");
        }

        return project.References(PackageName)
            ? new("package", Verdict.Bad, $"The package {PackageName} is referenced, but its targets are not imported.", "Run dotnet restore. If that does not help, look for ExcludeAssets on the reference.")
            : new("package", Verdict.Bad, $"The package {PackageName} is not referenced.", $"Run dotnet add package {PackageName}, or add a GlobalPackageReference to Directory.Packages.props.");
    }

    private CheckResult CheckConsent()
    {
        string rule = project["_ContainersTelemetryConsentRule"];
        return project.Is("_ContainersTelemetryConsent", "on")
            ? new("consent", Verdict.Good, $"Telemetry is on, by {rule}.")
            : new("consent", Verdict.Bad, $"Telemetry is off, by {rule}.", WayOn(rule));
    }

    private static string WayOn(string rule) => rule switch
    {
        _ when rule.EndsWith("ContainersTelemetryConsent", StringComparison.Ordinal) => "Run containers-telemetry consent.",
        _ when rule.StartsWith("the property ", StringComparison.Ordinal) => "Remove it from the project, from Directory.Build.props and from the command line, or set it to true.",
        _ when rule.EndsWith("CONTAINERS_TELEMETRY_OPTOUT", StringComparison.Ordinal) => "Unset it, or set it to 0.",
        _ when rule.StartsWith("the environment variable ", StringComparison.Ordinal) => "Unset it, or run containers-telemetry enable, or set CONTAINERS_TELEMETRY_OPTOUT=0: these come first.",
        _ => "Run containers-telemetry enable.",
    };

    private CheckResult CheckContainerSupport()
    {
        if (!project.Is("EnableSdkContainerSupport", "true"))
        {
            return project.Is("OutputType", "Library")
                ? new("containers", Verdict.Bad, "The project is a library, of which the SDK makes no container.", "Set OutputType to Exe, or look at the project that starts the application.")
                : new("containers", Verdict.Bad, "EnableSdkContainerSupport is not true, so the SDK publishes no container.", "Set the property EnableSdkContainerSupport to true.");
        }

        return project.Is("IsPublishable", "false")
            ? new("containers", Verdict.Bad, "IsPublishable is false, so the project is never published.", "Remove the property IsPublishable.")
            : new("containers", Verdict.Good, "The project can be published as a container.");
    }

    private CheckResult CheckTasks()
    {
        string sdkContainers = Path.Combine(project["MSBuildToolsPath"], "Containers");
        foreach (string name in (ReadOnlySpan<string>)["ContainerCustomTasksAssembly", "_ContainersTargetsDir"])
        {
            string path = project[name];
            if (path.Length > 0 && !IsWithin(path, sdkContainers))
            {
                return new(
                    "tasks",
                    Verdict.Warning,
                    name[0] == '_' ? $"The container targets come from a package, not from the SDK, {Bracketed}" : $"The property {name} replaces the SDK's container tasks, {Bracketed}",
                    name[0] == '_' ? "Remove the reference to Microsoft.NET.Build.Containers: the SDK has it built in." : $"Remove the property {name}.");
            }
        }

        return new("tasks", Verdict.Good, "The container tasks are the SDK's own.");
    }

    private CheckResult CheckSdk()
    {
        string version = project["NETCoreSdkVersion"];
        return knownSdks.SupportOf(project["MSBuildToolsPath"], version) switch
        {
            SdkSupport.Observed => new("sdk", Verdict.Good, $".NET SDK {version} is one whose publishes are observed."),
            SdkSupport.UnknownTargets => new("sdk", Verdict.Warning, $"The container targets of .NET SDK {version} are not known, {Bracketed}", "Update the package Containers.Telemetry."),
            SdkSupport.NoContainers => new("sdk", Verdict.Bad, $".NET SDK {version} has no container targets.", $"Use SDK {knownSdks.First} or a later one."),
            _ => new("sdk", Verdict.Warning, $".NET SDK {version} is not one whose publishes are observed ({knownSdks.First} and later, before {knownSdks.FirstUnknown}), {Bracketed}", "Install such an SDK and see that global.json picks it, or update the package Containers.Telemetry."),
        };
    }

    private CheckResult? CheckMSBuild() => project.Is("MSBuildRuntimeType", "Core")
        ? null
        : new("msbuild", Verdict.Bad, "This MSBuild runs on .NET Framework, where publishes are not observed.", "Use dotnet publish.");

    private static bool IsWithin(string path, string folder) =>
        Path.GetFullPath(path).StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
}
