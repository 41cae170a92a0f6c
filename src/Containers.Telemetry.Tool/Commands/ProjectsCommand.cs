using Containers.Telemetry.Identity;
using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Doctor;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Commands;

internal sealed class ProjectsCommand : ToolCommand
{
    private const string KeyVariable = "CONTAINERS_TELEMETRY_PROJECT_KEY";

    private readonly ToolContext _context;
    private readonly Argument<string[]> _paths;
    private readonly Option<string?> _name;
    private readonly Option<string?> _remove;
    private readonly Option<bool> _json;

    public ProjectsCommand(ToolContext context)
        : base("projects", "Keeps a local list of the names of your projects, so that show can name them. Names are never stored with events and never sent.")
    {
        _context = context;
        _paths = WithArgument(new Argument<string[]>("PROJECT|FOLDER")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "Adds project files, or all in a folder; without it, shows the list",
        });
        _name = With<string?>("--name", "NAME", "The name, for one project; its file's name if absent");
        _remove = With<string?>("--remove", "NAME|ID", "Forgets a project by its name or id");
        _json = WithJson();
    }

    public override IReadOnlyList<string> Examples => ["projects src/", "projects src/Shop/Shop.csproj --name shop", "projects", "projects --remove shop"];

    public override string MeaningOfNo => "there is no such project";

    protected override int Run(ParseResult arguments)
    {
        ProjectNames names = ProjectNames.Of(_context.Config);
        string[] paths = arguments.GetValue(_paths) ?? [];
        RequireOneTask(arguments, paths);
        return arguments.GetValue(_remove) is { } removed ? Remove(names, removed)
            : paths.Length > 0 ? Add(names, paths, arguments.GetValue(_name))
            : Show(names, arguments.GetValue(_json));
    }

    private void RequireOneTask(ParseResult arguments, string[] paths)
    {
        bool removes = arguments.GetValue(_remove) is not null;
        if (arguments.GetValue(_name) is not null && paths.Length == 0)
        {
            throw ToolException.Usage("--name names a project. Add its file.");
        }

        if (removes && paths.Length > 0)
        {
            throw ToolException.Usage("--remove takes the name or the id of a project, and no file. Leave out one of them.");
        }

        if (arguments.GetValue(_json) && (removes || paths.Length > 0))
        {
            throw ToolException.Usage("--json prints the list. Leave it out here.");
        }
    }

    private int Remove(ProjectNames names, string removed)
    {
        if (!names.Remove(removed))
        {
            _context.Terminal.WriteNote($"There is no project {removed} in the list.");
            return ExitCodes.No;
        }

        names.Save();
        return ExitCodes.Done;
    }

    private int Add(ProjectNames names, string[] paths, string? name)
    {
        if (name is not null && (name.Trim().Length == 0 || name.Any(char.IsControl)))
        {
            throw ToolException.Usage("--name takes a name, in one line and without control characters.");
        }

        string[] files = [.. paths.SelectMany(FilesOf)];
        if (files.Length == 0)
        {
            _context.Terminal.WriteNote($"There is no project file ({string.Join(", ", ProjectFinder.Extensions)}) there.");
            return ExitCodes.No;
        }

        if (name is not null && files.Length > 1)
        {
            throw ToolException.Usage($"--name is for one project, and there are {HumanFormat.Count(files.Length)}. Leave it out, or name one file.");
        }

        ProjectKey key = Key();
        foreach (string file in files)
        {
            names.Set(ProjectId.Compute(key, file), name ?? Path.GetFileNameWithoutExtension(file));
        }

        names.Save();
        string added = HumanFormat.Count(files.Length, "project");
        _context.Terminal.WriteLine($"{added} added. containers-telemetry show names {(files.Length == 1 ? "it" : "them")}.");
        return ExitCodes.Done;
    }

    private IEnumerable<string> FilesOf(string path)
    {
        string full = _context.FullPath(path);
        if (File.Exists(full))
        {
            return Path.GetExtension(full).EndsWith("proj", StringComparison.OrdinalIgnoreCase) ? [full]
                : throw ToolException.Usage($"{path} is not a project file ({string.Join(", ", ProjectFinder.Extensions)}).");
        }

        return Directory.Exists(full)
            ? Directory.EnumerateFiles(full, "*.*proj", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })
                .Where(static file => ProjectFinder.Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal)
            : throw ToolException.Usage($"There is no file or folder {path}.");
    }

    private ProjectKey Key()
    {
        if (_context.Machine.GetVariable(KeyVariable) is { Length: > 0 } shared)
        {
            return ProjectKey.FromText(shared, out _)
                ?? throw ToolException.Usage($"{KeyVariable} is too short to be a key: it needs {ProjectKey.MinTextLength} characters.");
        }

        return (_context.Config is { } config ? UserIdentity.Get(config, _context.Clock.GetUtcNow())?.ProjectKey : null)
            ?? throw ToolException.Failure($"There is no project key that could be read. Set {KeyVariable} to the key that your projects use.");
    }

    private int Show(ProjectNames names, bool asJson)
    {
        if (asJson)
        {
            JsonText.Write(_context.Terminal, writer =>
            {
                foreach ((string id, string name) in names.All)
                {
                    writer.WriteString(id, name);
                }
            });
            return names.All.Count > 0 ? ExitCodes.Done : ExitCodes.No;
        }

        if (names.All.Count == 0)
        {
            _context.Terminal.WriteNote("The list is empty. Add your projects: containers-telemetry projects FOLDER");
            return ExitCodes.No;
        }

        foreach ((string id, string name) in names.All.OrderBy(static one => one.Value, StringComparer.OrdinalIgnoreCase))
        {
            _context.Terminal.WriteLine($"{id}  {name}");
        }

        return ExitCodes.Done;
    }
}
