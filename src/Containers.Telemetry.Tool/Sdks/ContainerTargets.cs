using System.Xml;

namespace Containers.Telemetry.Tool.Sdks;

/// <summary>The container targets of an SDK or of a package, and their obstacles to observation.</summary>
/// <param name="path">Full path of the targets. The props that register the tasks are beside them.</param>
/// <param name="package">What the package can observe.</param>
internal sealed class ContainerTargets(string path, PackageTargets package)
{
    private static readonly XmlReaderSettings XmlSettings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    private readonly string _props = Path.ChangeExtension(path, ".props");
    private readonly HashSet<string> _calledTasks = new(StringComparer.Ordinal);

    public bool Exist => File.Exists(path);

    /// <summary>Whether the package of this tool's version recognizes them by a fingerprint; false if it has to search them, too.</summary>
    public bool AreKnown
    {
        get
        {
            try
            {
                return KnownShapes.Contain(path, _props);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }

    /// <param name="sdkFolder">Full path of the folder of the SDK.</param>
    /// <param name="package">What the package can observe.</param>
    public static ContainerTargets OfSdk(string sdkFolder, PackageTargets package) =>
        new(Path.Combine(sdkFolder, "Containers", "build", "Microsoft.NET.Build.Containers.targets"), package);

    /// <summary>Returns why publishes are not observed, as a clause such as "CreateNewImage is called with …"; null when publishes are observed.</summary>
    public string? FindObstacle()
    {
        try
        {
            return FindObstacleIn(path) ?? FindObstacleIn(_props) ?? FindMissingTask();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or XmlException)
        {
            return e is XmlException ? "the file is not valid XML" : "the file cannot be read";
        }
    }

    private string? FindObstacleIn(string file)
    {
        string text = File.ReadAllText(file);
        if (text.Length >= package.MaxLength)
        {
            return $"{Path.GetFileName(file)} has more than {package.MaxLength} characters";
        }

        using var reader = XmlReader.Create(new StringReader(text), XmlSettings);
        return FindUnknownElement(reader) ?? (package.UnknownShape.Match(text) is { Success: true } match
            ? $"{match.Value.TrimStart('<')} has a form that the package does not know"
            : null);
    }

    private string? FindUnknownElement(XmlReader reader)
    {
        while (reader.Read())
        {
            if (reader.NodeType is not XmlNodeType.Element)
            {
                continue;
            }

            string? obstacle = reader.Name switch
            {
                "Import" => "the targets import another file",
                "UsingTask" => FindUnknownRegistration(reader),
                string name when package.ObservedTasks.Contains(name) => FindUnknownParameter(reader),
                _ => null,
            };
            if (obstacle is not null)
            {
                return obstacle;
            }
        }

        return null;
    }

    private string? FindUnknownRegistration(XmlReader usingTask)
    {
        string name = (usingTask.GetAttribute("TaskName") ?? "").Split('.')[^1];
        return package.ObservedTasks.Contains(name) || package.HarmlessTasks.Contains(name) ? null : $"there is a task {name}, which the package does not know";
    }

    private string? FindUnknownParameter(XmlReader call)
    {
        string task = call.Name;
        IReadOnlyList<string> inputs = package.InputsOf(task);
        _calledTasks.Add(task);
        for (bool found = call.MoveToFirstAttribute(); found; found = call.MoveToNextAttribute())
        {
            if (call.Name != "Condition" && !inputs.Contains(call.Name))
            {
                return $"{task} is called with the parameter {call.Name}, which the package does not know";
            }
        }

        call.MoveToElement();
        return call.IsEmptyElement ? null : FindUnknownOutput(call, task);
    }

    private string? FindUnknownOutput(XmlReader call, string task)
    {
        int depth = call.Depth;
        while (call.Read() && call.Depth > depth)
        {
            if (call.NodeType is XmlNodeType.Element && call.GetAttribute("TaskParameter") is { } output && !package.OutputsOf(task).Contains(output))
            {
                return $"{task} is asked for the output {output}, which the package does not know";
            }
        }

        return null;
    }

    private string? FindMissingTask()
    {
        foreach (string task in (ReadOnlySpan<string>)["CreateNewImage", "ParseContainerProperties"])
        {
            if (!_calledTasks.Contains(task))
            {
                return $"the task {task} is not called";
            }
        }

        if (!_calledTasks.Any(static task => task.StartsWith("ComputeDotnetBaseImage", StringComparison.Ordinal)))
        {
            return "no known task chooses the base image";
        }

        return !_calledTasks.Contains("CreateImageIndex") && File.ReadAllText(path).Contains("_PublishMultiArchContainers", StringComparison.Ordinal)
            ? "the task CreateImageIndex is not called"
            : null;
    }
}
