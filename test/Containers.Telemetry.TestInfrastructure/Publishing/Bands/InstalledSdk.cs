namespace Containers.Telemetry.TestInfrastructure.Publishing.Bands;

/// <summary>The SDK whose <c>dotnet</c> program runs the tests.</summary>
public static class InstalledSdk
{
    /// <summary>Full path of the folder with the <c>dotnet</c> program.</summary>
    public static string Root { get; } =
        Path.GetDirectoryName(new FileInfo(DotnetHost.Path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path.GetFullPath(DotnetHost.Path))!;

    /// <summary>Full path of the SDK's folder: the newest one, which <c>dotnet</c> uses by default.</summary>
    public static string Folder { get; } = Directory.GetDirectories(Path.Combine(Root, "sdk"))
        .Where(folder => Directory.Exists(Path.Combine(folder, "Containers")))
        .MaxBy(folder => Version.TryParse(Path.GetFileName(folder).Split('-')[0], out Version? version) ? version : new Version(0, 0))!;
}
