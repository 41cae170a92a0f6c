using Containers.Telemetry.Output;
using Containers.Telemetry.Tool.Output;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Data;

/// <summary>
/// The names that a user has given to projects, by their pseudonyms: a file of the user's configuration folder. It is never kept with events and
/// is never sent. Only the key of the projects links a name to its pseudonym.
/// </summary>
internal sealed class ProjectNames
{
    private const string FileName = "project-names.txt";
    private const int ShortLength = 8;

    private readonly ConfigFolder? _config;
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    private ProjectNames(ConfigFolder? config) => _config = config;

    /// <summary>The names by pseudonym, in the order of the pseudonyms.</summary>
    public IReadOnlyDictionary<string, string> All => new SortedDictionary<string, string>(_names, StringComparer.Ordinal);

    /// <summary>Reads the names of a user; none if there is no readable file.</summary>
    /// <param name="config">The user's folder; null for a user without one.</param>
    public static ProjectNames Of(ConfigFolder? config)
    {
        var names = new ProjectNames(config);
        if (config is not null && Path.Combine(config.Path, FileName) is var path && File.Exists(path))
        {
            try
            {
                names.Read(File.ReadLines(path));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Without names, pseudonyms are shown.
            }
        }

        return names;
    }

    /// <summary>The name of a project, else the beginning of its pseudonym.</summary>
    public string NameOf(string projectId) => _names.GetValueOrDefault(projectId) ?? projectId[..Math.Min(ShortLength, projectId.Length)];

    public void Set(string projectId, string name) => _names[projectId] = HarmlessText.Line(name);

    /// <summary>Forgets the projects of a name, or the project of a pseudonym; false when there is none.</summary>
    public bool Remove(string nameOrId)
    {
        string[] found =
        [
            .. _names.Where(one => one.Value.Equals(nameOrId, StringComparison.OrdinalIgnoreCase) || one.Key == nameOrId)
                .Select(static one => one.Key),
        ];
        Array.ForEach(found, id => _names.Remove(id));
        return found.Length > 0;
    }

    /// <summary>Stores the names, readable by this user only.</summary>
    /// <exception cref="ToolException">There is no folder for them.</exception>
    public void Save()
    {
        if (_config is null)
        {
            throw ToolException.Failure("There is no folder for settings: this user has no home. Set HOME.");
        }

        var text = new StringBuilder();
        foreach ((string id, string name) in _names)
        {
            text.Append(id).Append('\t').Append(name).Append('\n');
        }

        if (!new ConfigFile(_config, FileName).Replace(text.ToString()))
        {
            throw ToolException.Failure($"The names cannot be stored in {_config.Path}. Make it a folder that you may write to.");
        }
    }

    private void Read(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            if (line.Split('\t', 2) is [{ Length: > 0 } id, { Length: > 0 } name])
            {
                _names[id] = name;
            }
        }
    }
}
