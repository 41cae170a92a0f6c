namespace Containers.Telemetry.Surroundings;

/// <summary>The kind of process that a task runs in.</summary>
public enum MSBuildNodeMode
{
    /// <summary>A kind of node that is not in this list.</summary>
    Other,

    /// <summary>The process that the build was started in.</summary>
    InProcess,

    /// <summary>The MSBuild server, which outlives the command that uses it.</summary>
    Server,

    /// <summary>A task host: a process for tasks that cannot run in the process of their project.</summary>
    TaskHost,

    /// <summary>A worker node: a process that builds some of the projects.</summary>
    WorkerNode,
}
