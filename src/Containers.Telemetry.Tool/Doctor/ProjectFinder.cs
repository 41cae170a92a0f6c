using System.Text.RegularExpressions;
using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Doctor;

/// <summary>Finds the project for an argument: a file, a folder, or none for the current folder.</summary>
/// <param name="command">The name of the command that takes the argument.</param>
internal sealed partial class ProjectFinder(ToolContext context, string command)
{
    private const int MostNamed = 3;

    public static readonly string[] Extensions = [".csproj", ".fsproj", ".vbproj"];

    /// <summary>Returns the full path of a project file.</summary>
    /// <param name="path">A project file or a folder; null for the current folder.</param>
    /// <exception cref="ToolException">There is no project, or more than one.</exception>
    public string Find(string? path)
    {
        string fullPath = context.FullPath(path ?? ".");
        if (File.Exists(fullPath))
        {
            return IsSolution(fullPath) ? throw NotOneProject(fullPath) : fullPath;
        }

        if (!Directory.Exists(fullPath))
        {
            throw ToolException.Usage($"There is no project {fullPath}. Name a project file, or a folder that holds one.");
        }

        string[] projects = Array.FindAll(
            Directory.GetFiles(fullPath), static file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase));
        return projects switch
        {
            [var project] => project,
            [] when Array.Find(Directory.GetFiles(fullPath), IsSolution) is { } solution => throw NotOneProject(solution),
            [] => throw ToolException.Usage($"There is no project in {fullPath}. Name one: containers-telemetry {command} PROJECT."),
            _ => throw ToolException.Usage(
                $"There are {projects.Length} projects in {fullPath}. Name one: {CommandFor(projects.Order(StringComparer.Ordinal).First())}"),
        };
    }

    private static bool IsSolution(string path) => Path.GetExtension(path).ToLowerInvariant() is ".sln" or ".slnx" or ".slnf";

    private ToolException NotOneProject(string solution)
    {
        string[] projects =
        [
            .. ProjectPath().Matches(File.ReadAllText(solution))
                .Select(static match => match.Groups[1].Value.Replace('\\', '/'))
                .Distinct(StringComparer.Ordinal),
        ];
        string more = projects.Length > MostNamed ? $" and {projects.Length - MostNamed} more" : "";
        string which = projects.Length == 0 ? "" : $" It has {string.Join(", ", projects.Take(MostNamed))}{more}.";
        string how = projects.Length == 0
            ? $"containers-telemetry {command} PROJECT."
            : CommandFor(Path.Combine(Path.GetDirectoryName(solution)!, projects[0]));
        return ToolException.Usage($"{Path.GetFileName(solution)} is a solution.{which} Name one of its projects: {how}");
    }

    // The user types it in the current folder, which need not be the one of the project.
    private string CommandFor(string project)
    {
        string path = context.CurrentDirectory is { } current ? Path.GetRelativePath(current, project) : project;
        return $"containers-telemetry {command} {ShellWord.Quote(path.Replace(Path.DirectorySeparatorChar, '/'))}.";
    }

    [GeneratedRegex("\"([^\"\r\n]+\\.(?:cs|fs|vb)proj)\"", RegexOptions.IgnoreCase)]
    private static partial Regex ProjectPath();
}
