using Containers.Telemetry.Tool.Sdks;

namespace Containers.Telemetry.Tool.Doctor;

/// <summary>Finds the obstacles to observing publishes of a project: checks each condition of the package's targets.</summary>
internal sealed class ProjectDoctor(ProjectProperties project, PackageTargets package)
{
    private const string PackageName = "Containers.Telemetry";
    private const string Bracketed = "so publishes are bracketed: an event says whether a publish succeeded, but not why it failed.";

    /// <summary>Runs the checks, the first one to fix at the top.</summary>
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
        if (project["TargetFrameworks"].Contains(';'))
        {
            yield return new CheckResult(
                "frameworks",
                Verdict.Good,
                $"The project has several target frameworks; {project["TargetFramework"]} was looked at.",
                "Publish one of them: dotnet publish -f FRAMEWORK.");
        }
    }

    private CheckResult CheckStyle() => project.Is("UsingMicrosoftNETSdk", "true")
        ? new("project", Verdict.Good, "The project uses the .NET SDK.")
        : new(
            "project",
            Verdict.Bad,
            "The project does not use the .NET SDK, which publishes the containers.",
            "Begin the project file with <Project Sdk=\"Microsoft.NET.Sdk\">.");

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
            ? new(
                "package",
                Verdict.Bad,
                $"The package {PackageName} is referenced, but its targets are not imported.",
                "Run dotnet restore. If that does not help, look for ExcludeAssets on the reference.")
            : new(
                "package",
                Verdict.Bad,
                $"The package {PackageName} is not referenced.",
                $"Run dotnet add package {PackageName}, or add a GlobalPackageReference to Directory.Packages.props.");
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
        _ when rule.StartsWith("the property ", StringComparison.Ordinal) =>
            "Remove it from the project, from Directory.Build.props and from the command line, or set it to true.",
        _ when rule.EndsWith("CONTAINERS_TELEMETRY_OPTOUT", StringComparison.Ordinal) => "Unset it, or set it to 0.",
        _ when rule.StartsWith("the environment variable ", StringComparison.Ordinal) =>
            "Unset it, or run containers-telemetry enable, or set CONTAINERS_TELEMETRY_OPTOUT=0: these take precedence.",
        _ => "Run containers-telemetry enable.",
    };

    private CheckResult CheckContainerSupport()
    {
        if (!project.Is("EnableSdkContainerSupport", "true"))
        {
            return project.Is("OutputType", "Library")
                ? new(
                    "containers",
                    Verdict.Bad,
                    "The project is a library, which the SDK does not publish as a container.",
                    "Set OutputType to Exe, or look at the project that starts the application.")
                : new(
                    "containers",
                    Verdict.Bad,
                    "EnableSdkContainerSupport is not true, so the SDK publishes no container.",
                    "Set the property EnableSdkContainerSupport to true.");
        }

        return project.Is("IsPublishable", "false")
            ? new("containers", Verdict.Bad, "IsPublishable is false, so the project is never published.", "Remove the property IsPublishable.")
            : new("containers", Verdict.Good, "The project can be published as a container.");
    }

    /// <summary>The package's decisions in the evaluation of the project, with their reasons; a project without the package is judged by its SDK.</summary>
    private CheckResult CheckTasks()
    {
        string version = project["NETCoreSdkVersion"];
        ContainerTargets sdk = project["_ContainersTelemetrySdkTargets"] is { Length: > 0 } path
            ? new ContainerTargets(path, package)
            : ContainerTargets.OfSdk(project["MSBuildToolsPath"], package);
        if (!sdk.Exist)
        {
            return new("sdk", Verdict.Bad, $".NET SDK {version} has no container targets.", "Use SDK 8.0.100 or later.");
        }

        if (project.Is("_ContainersTelemetryObservation", "bracketed"))
        {
            return new(
                "sdk",
                Verdict.Warning,
                $"The property ContainersTelemetryObservation is Bracketed, {Bracketed}",
                "Remove the property, or set it to Automatic.");
        }

        if (sdk.FindObstacle() is { } obstacle)
        {
            return new(
                "sdk",
                Verdict.Warning,
                $"The container targets of .NET SDK {version} are not known: {obstacle}, {Bracketed}",
                "Update the package Containers.Telemetry.");
        }

        return CheckCustomTasks() ?? new("sdk", Verdict.Good, $"The container tasks of .NET SDK {version} are observed.");
    }

    private CheckResult? CheckCustomTasks()
    {
        const string Name = "ContainerCustomTasksAssembly";
        const string Remedy = $"Remove the property {Name} or the package that sets it: the SDK can publish containers without it.";
        string assembly = project[Name];
        if (assembly.Length > 0 && !(Path.IsPathFullyQualified(assembly) && File.Exists(assembly)))
        {
            return new("sdk", Verdict.Warning, $"The property {Name} is not the full path of a file, {Bracketed}", Remedy);
        }

        var targets = new ContainerTargets(project["_ContainersTelemetryPackageTargets"], package);
        return targets.Exist && targets.FindObstacle() is { } obstacle
            ? new("sdk", Verdict.Warning, $"The property {Name} replaces the SDK's container tasks: {obstacle}, {Bracketed}", Remedy)
            : null;
    }
}
