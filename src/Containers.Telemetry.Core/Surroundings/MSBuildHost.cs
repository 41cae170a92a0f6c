namespace Containers.Telemetry.Surroundings;

/// <summary>What started the build.</summary>
public enum MSBuildHost
{
    /// <summary>A host that is not in this list, such as a program that calls MSBuild's API.</summary>
    Other,

    /// <summary>The .NET SDK's MSBuild: <c>dotnet publish</c>, <c>dotnet msbuild</c> and the like.</summary>
    DotnetCli,

    /// <summary>MSBuild on .NET Framework, from a command line.</summary>
    MSBuildExe,

    /// <summary>Visual Studio Code, or a command in its terminal.</summary>
    VSCode,

    VisualStudio,
}
