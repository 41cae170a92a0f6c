namespace Containers.Telemetry.Identity;

/// <summary>What a project is known by: its place in a repository that others can clone, else its place on this machine.</summary>
/// <param name="Text">Names and paths of the user's; only ever to be hashed.</param>
internal readonly record struct ProjectIdentity(string Text)
{
    /// <summary>Finds out; the path as it is given when nothing better can be told. Never throws.</summary>
    /// <param name="projectFile">Full path of the project file.</param>
    public static ProjectIdentity Of(string projectFile)
    {
        try
        {
            if (GitRepository.Around(projectFile) is { OriginUrl: { } url } repository && RemoteUrl.Normalize(url) is { Length: > 0 } origin)
            {
                string path = Path.GetRelativePath(repository.Root, projectFile);
                return new ProjectIdentity(string.Concat("repository\n", origin, "\n", path.Replace('\\', '/')));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // A path that no file can have, or a repository that may not be read.
        }

        return new ProjectIdentity(string.Concat("path\n", projectFile));
    }
}
