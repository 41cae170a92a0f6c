using System.Reflection;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.BandTasks;

/// <summary>
/// Base class of the container tasks of a simulated SDK. A derived class declares the parameters of that SDK's task. The installed SDK's task does
/// the work, with the values of the parameters that both tasks have.
/// </summary>
public abstract class ForwardingTask : ICancelableTask
{
    private volatile ITask? _installed;

    public IBuildEngine BuildEngine { get; set; } = null!;

    public ITaskHost? HostObject { get; set; }

    /// <summary>Name of the installed SDK's task.</summary>
    protected virtual string InstalledName => GetType().Name;

    public bool Execute()
    {
        ITask installed = InstalledTasks.Create(InstalledName);
        installed.BuildEngine = BandEngine.Wrap((IBuildEngine10)BuildEngine, GetType().Assembly);
        installed.HostObject = HostObject;
        foreach (PropertyInfo parameter in Parameters().Where(parameter => !IsOutput(parameter)))
        {
            SetInput(installed, parameter.Name, parameter.GetValue(this));
        }

        Complete(installed);
        _installed = installed;
        bool succeeded = installed.Execute();
        foreach (PropertyInfo parameter in Parameters().Where(IsOutput))
        {
            parameter.SetValue(this, GetOutput(installed, parameter.Name));
        }

        return succeeded;
    }

    public void Cancel() => (_installed as ICancelableTask)?.Cancel();

    /// <summary>Sets inputs of the installed task that this SDK's task does not have.</summary>
    protected virtual void Complete(ITask installed)
    {
    }

    /// <summary>Sets an input of the installed task, if the task has it and a value is given.</summary>
    protected static void SetInput(ITask installed, string name, object? value)
    {
        if (name == "TargetRuntimeIdentifier")
        {
            SetInput(installed, "TargetRuntimeIdentifiers", new[] { (string?)value });
        }
        else if (value is not null)
        {
            installed.GetType().GetProperty(name)?.SetValue(installed, value);
        }
    }

    /// <summary>Returns an output of the installed task; null from a task without it.</summary>
    protected virtual object? GetOutput(ITask installed, string name) => installed.GetType().GetProperty(name)?.GetValue(installed);

    private static bool IsOutput(PropertyInfo parameter) => parameter.IsDefined(typeof(OutputAttribute));

    private PropertyInfo[] Parameters() => GetType().GetProperties(BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Public);
}
