using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>
/// A folder with links to a few programs. As the only folder of a child's PATH it hides all other programs, such as the machine's docker.
/// </summary>
public static class ProgramFolder
{
    private static readonly string[] Essentials = ["dotnet", "sh", "cat"];

    /// <summary>Links the .NET host, a shell and the named programs.</summary>
    /// <param name="folder">A folder that exists; also the value of PATH.</param>
    /// <param name="programs">Names of further programs.</param>
    /// <exception cref="FileNotFoundException">A program is not on the PATH of this process.</exception>
    /// <exception cref="PlatformNotSupportedException">On Windows, where a program needs its libraries in its own folder.</exception>
    public static void Fill(string folder, params IEnumerable<string> programs)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("Programs cannot be linked into a folder of their own on Windows.");
        }

        foreach (string program in Essentials.Concat(programs))
        {
            File.CreateSymbolicLink(Path.Combine(folder, program), Find(program));
        }
    }

    private static string Find(string program) =>
        ProgramOnPath.Find(program) ?? throw new FileNotFoundException($"{program} is not on the PATH.", program);
}
