using System.Security;
using System.Text;

namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>Renders a <see cref="ProjectShape"/> as the files of a repository that a user could have.</summary>
internal static class ProjectWriter
{
    /// <summary>The content of Directory.Build.props.</summary>
    // No runtime pack and no apphost is downloaded, so that every runtime identifier builds without a network.
    internal const string CommonProperties = """
        <Project>
          <PropertyGroup>
            <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
            <EnableAppHostPackDownload>false</EnableAppHostPackDownload>
            <EnableRuntimePackDownload>false</EnableRuntimePackDownload>
            <NuGetAudit>false</NuGetAudit>
            <RunAnalyzers>false</RunAnalyzers>
            <SelfContained>false</SelfContained>
            <UseAppHost>false</UseAppHost>
            <!-- A publish that compiles does so in a process of its own, and so costs the same each time. -->
            <UseSharedCompilation>false</UseSharedCompilation>
            <!-- The assembly is the same wherever the project lies. -->
            <PathMap>$(MSBuildThisFileDirectory)=/source/</PathMap>
          </PropertyGroup>
        </Project>
        """;

    private const string EmptyProject = "<Project />";

    // A project must not compile generated code of other projects in the same folder.
    private const string SeparateOutputs = """
        <Project>
          <PropertyGroup>
            <BaseIntermediateOutputPath>$(MSBuildThisFileDirectory)../$(MSBuildProjectName)/obj/</BaseIntermediateOutputPath>
            <BaseOutputPath>$(MSBuildThisFileDirectory)../$(MSBuildProjectName)/bin/</BaseOutputPath>
          </PropertyGroup>
          <Import Project="../Directory.Build.props" />
        </Project>
        """;

    /// <summary>Relative paths of the files, with their content.</summary>
    public static IReadOnlyDictionary<string, string> Render(ProjectShape shape)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            // These stop MSBuild, the analyzers and NuGet from searching parent folders.
            [".editorconfig"] = "root = true\n",
            ["Directory.Build.props"] = CommonProperties,
            ["Directory.Build.rsp"] = "",
            ["Directory.Build.targets"] = PublishOutputs.CapturingTargets,
            ["Directory.Packages.props"] = RenderCentralVersions(shape),
            ["NuGet.config"] = RenderNuGetConfiguration(shape),
        };
        foreach (string name in ProjectNames(shape))
        {
            string project = ProjectFile(shape, name);
            files[project] = RenderProject(shape);
            files[$"{Path.GetDirectoryName(project)}/Program.cs"] = RenderProgram(shape.Kind);
        }

        if (shape.SharesFolder)
        {
            files[$"{shape.Name}/Directory.Build.props"] = SeparateOutputs;
        }

        if (shape.ProjectCount > 1)
        {
            files[$"{shape.Name}.slnx"] = RenderSolution(shape);
        }

        if (shape.Package == PackageStyle.Transitive)
        {
            files["library/library.csproj"] = RenderLibrary(shape);
            files["library/Greeting.cs"] = "public static class Greeting { public const string Text = \"Hello\"; }\n";
        }

        foreach (var (path, content) in shape.Files)
        {
            files.Add(path, content);
        }

        return files;
    }

    /// <summary>Relative path of the project or solution to publish.</summary>
    public static string EntryPoint(ProjectShape shape) =>
        shape.ProjectCount > 1 ? $"{shape.Name}.slnx" : Path.Combine(shape.Name, $"{shape.Name}.csproj");

    /// <summary>A project that builds the projects of a repository for each runtime identifier of the shape, in one process.</summary>
    public static string RenderRuntimeBuilds(ProjectShape shape, string repository, string configuration)
    {
        var builds =
            from runtime in shape.RuntimeIdentifiers
            from name in ProjectNames(shape)
            let project = SecurityElement.Escape(Path.Combine(repository, ProjectFile(shape, name)))
            select $"""    <MSBuild Projects="{project}" Properties="Configuration={configuration};RuntimeIdentifier={runtime}" />""";
        return $"<Project>\n  <Target Name=\"Build\">\n{string.Join('\n', builds)}\n  </Target>\n</Project>\n";
    }

    private static IEnumerable<string> ProjectNames(ProjectShape shape) =>
        shape.ProjectCount == 1
            ? [shape.Name]
            : Enumerable.Range(1, shape.ProjectCount).Select(number => $"{shape.Name}{number}");

    private static string ProjectFile(ProjectShape shape, string name) => $"{(shape.SharesFolder ? shape.Name : name)}/{name}.csproj";

    private static string RenderProject(ProjectShape shape)
    {
        string sdk = shape.Kind switch
        {
            ProjectKind.Web => "Microsoft.NET.Sdk.Web",
            ProjectKind.Worker => "Microsoft.NET.Sdk.Worker",
            _ => "Microsoft.NET.Sdk",
        };
        var properties = new List<KeyValuePair<string, string>>
        {
            new("OutputType", "Exe"),
            new(shape.TargetFrameworks.Count == 1 ? "TargetFramework" : "TargetFrameworks", string.Join(';', shape.TargetFrameworks)),
        };
        if (shape.RuntimeIdentifiers.Count > 0)
        {
            properties.Add(new("RuntimeIdentifiers", string.Join(';', shape.RuntimeIdentifiers)));
        }

        properties.AddRange(shape.Properties);

        var text = new StringBuilder();
        text.Append(null, $"<Project Sdk=\"{sdk}\">\n  <PropertyGroup>\n");
        foreach (var (name, value) in properties)
        {
            text.Append(null, $"    <{name}>{SecurityElement.Escape(value)}</{name}>\n");
        }

        text.Append("  </PropertyGroup>\n");
        string? reference = shape.Package switch
        {
            PackageStyle.Direct => $"""<PackageReference {Identify(shape)} PrivateAssets="all" />""",
            PackageStyle.Transitive => """<ProjectReference Include="../library/library.csproj" />""",
            _ => null,
        };
        if (reference is not null)
        {
            text.Append(null, $"  <ItemGroup>\n    {reference}\n  </ItemGroup>\n");
        }

        return text.Append(null, $"{shape.Content}\n</Project>\n").ToString();
    }

    private static string RenderLibrary(ProjectShape shape) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference {Identify(shape)} />
          </ItemGroup>
        </Project>
        """;

    private static string RenderCentralVersions(ProjectShape shape) => shape.Package != PackageStyle.Global ? EmptyProject : $"""
        <Project>
          <PropertyGroup>
            <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>
          </PropertyGroup>
          <ItemGroup>
            <GlobalPackageReference {Identify(shape)} />
          </ItemGroup>
        </Project>
        """;

    private static string RenderNuGetConfiguration(ProjectShape shape)
    {
        string clear = shape.UsesMachineSources ? "" : "<clear />";
        string feed = shape.Package == PackageStyle.None
            ? ""
            : $"""<add key="package-under-test" value="{SecurityElement.Escape(RequireFeed(shape).Folder)}" />""";
        return $"""
            <configuration>
              <packageSources>
                {clear}
                {feed}
              </packageSources>
              <fallbackPackageFolders>
                <clear />
                <add key="machine" value="{SecurityElement.Escape(MachineNuGet.PackagesFolder)}" />
              </fallbackPackageFolders>
            </configuration>
            """;
    }

    private static string RenderSolution(ProjectShape shape)
    {
        var projects = ProjectNames(shape).Select(name => $"""  <Project Path="{ProjectFile(shape, name)}" />""");
        return $"<Solution>\n{string.Join('\n', projects)}\n</Solution>\n";
    }

    private static string RenderProgram(ProjectKind kind) => kind switch
    {
        ProjectKind.Web => "Microsoft.AspNetCore.Builder.WebApplication.CreateBuilder(args).Build().Run();\n",
        _ => "System.Console.WriteLine(\"Hello\");\n",
    };

    // A publish with an empty packages folder is one without the package, so it has no reference either.
    private static string Identify(ProjectShape shape)
    {
        var feed = RequireFeed(shape);
        string condition = $"'$(NuGetPackageRoot)' == '' or Exists('$(NuGetPackageRoot)/{feed.PackageId.ToLowerInvariant()}')";
        return $"""Include="{feed.PackageId}" Version="{feed.Version}" Condition="{condition}" """;
    }

    private static PackageFeed RequireFeed(ProjectShape shape) =>
        shape.Feed ?? throw new ArgumentException($"A project with {nameof(PackageStyle)}.{shape.Package} needs a feed.", nameof(shape));
}
