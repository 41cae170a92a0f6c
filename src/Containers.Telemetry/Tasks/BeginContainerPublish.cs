using Containers.Telemetry.Publishing;

namespace Containers.Telemetry.Tasks;

/// <summary>Begins the observation of a publish: keeps the settings that the SDK's targets do not pass to the SDK's tasks.</summary>
public sealed class BeginContainerPublish : TransferStep
{
    /// <summary>Whether the user has opted out where it is read too late to leave the SDK its own tasks, so that they run as if they were.</summary>
    public bool IsOff { get; set; }

    /// <summary>Whether the publish is bracketed, because the SDK's tasks are not known.</summary>
    public bool Bracketed { get; set; }

    /// <summary>Full path of the file that a preview is written to; empty for no preview.</summary>
    public string PreviewFile { get; set; } = "";

    /// <summary>Full path of the folder that all builds of a multi-architecture publish share; empty for any other publish.</summary>
    public string SharedFolder { get; set; } = "";

    /// <summary>Names of the container settings in use.</summary>
    public string[] FeaturesUsed { get; set; } = [];

    /// <summary>How the publish was started.</summary>
    public string[] Invocation { get; set; } = [];

    /// <summary>Full path of the assembly of the SDK's container tasks.</summary>
    public string TaskAssembly { get; set; } = "";

    private protected override void Run(IBuildEngine10 engine)
    {
        FaultInjection.Point("publish");
        string? taskAssembly = TaskAssembly.Length > 0 ? TaskAssembly : null;
        if (IsOff)
        {
            Publishes.Begin(engine, new PublishSettings { IsOff = true, TaskAssembly = taskAssembly });
            return;
        }

        var settings = new PublishSettings
        {
            IsBracketed = Bracketed,
            PreviewFile = PreviewFile.Length > 0 ? PreviewFile : null,
            SharedFolder = SharedFolder.Length > 0 ? SharedFolder : null,
            Transfer = Transfer,
            FeaturesUsed = FeaturesUsed,
            Invocation = Array.FindAll(Invocation, how => how != "Solution" || IsOfSolution(engine)),
            TaskAssembly = taskAssembly,
        };
        ContainerPublish publish = Publishes.Begin(engine, settings);
        if (settings.PreviewFile is { } file && !publish.IsInner)
        {
            Preview.Clear(file);
        }
    }

    // An environment variable of this name, which pipelines set for their own use, is a property as well, but no global one.
    private static bool IsOfSolution(IBuildEngine10 engine) => engine.GetGlobalProperties().ContainsKey("SolutionPath");
}
