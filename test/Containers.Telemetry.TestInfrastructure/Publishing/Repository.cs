namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>This repository on the machine that runs the tests.</summary>
public static class Repository
{
    private const string Solution = "Containers.Telemetry.sln";

    /// <summary>Full path of the repository's root folder.</summary>
    /// <exception cref="DirectoryNotFoundException">The tests do not run from within the repository.</exception>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The project of the package.</summary>
    public static string PackageProject { get; } = Path.Combine(Root, "src", "Containers.Telemetry", "Containers.Telemetry.csproj");

    private static string Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder with {Solution} above {start}.");
    }
}
