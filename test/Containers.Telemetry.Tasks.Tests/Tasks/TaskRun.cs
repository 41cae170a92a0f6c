using System.Reflection;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.Tasks;

/// <summary>One run of a task as the build sees it.</summary>
/// <param name="Result">The task's result; null if it threw.</param>
/// <param name="Escaped">The exception that the task threw, or null.</param>
/// <param name="Outputs">The outputs by name; of items, their include.</param>
internal sealed record TaskRun(bool? Result, Exception? Escaped, Dictionary<string, string> Outputs)
{
    /// <summary>Runs a task as MSBuild does.</summary>
    /// <param name="task">The task.</param>
    /// <param name="inputs">The parameters by name.</param>
    /// <param name="engine">The build.</param>
    public static TaskRun Of(ITask task, IReadOnlyDictionary<string, object> inputs, IBuildEngine engine)
    {
        foreach ((string name, object value) in inputs)
        {
            task.GetType().GetProperty(name)!.SetValue(task, value);
        }

        task.BuildEngine = engine;
        try
        {
            bool result = task.Execute();
            return new TaskRun(result, null, OutputsOf(task));
        }
        catch (Exception e)
        {
            return new TaskRun(null, e, OutputsOf(task));
        }
        finally
        {
            (task as IDisposable)?.Dispose();
        }
    }

    /// <summary>Asserts that a build cannot distinguish this run from another.</summary>
    public void AssertEquals(TaskRun expected)
    {
        Assert.AreEqual(expected.Result, Result);
        Assert.AreEqual(expected.Escaped?.GetType(), Escaped?.GetType());
        Assert.AreEqual(expected.Escaped?.Message, Escaped?.Message);
        CollectionAssert.AreEquivalent(expected.Outputs, Outputs);
    }

    private static Dictionary<string, string> OutputsOf(ITask task) =>
        task.GetType().GetProperties()
            .Where(property => property.IsDefined(typeof(OutputAttribute)))
            .ToDictionary(property => property.Name, property => Describe(property.GetValue(task)));

    private static string Describe(object? value) => value switch
    {
        null => "null",
        string text => text,
        ITaskItem item => item.ItemSpec,
        object[] values => string.Join(" | ", values.Select(Describe)),
        _ => throw new NotSupportedException(value.GetType().Name),
    };
}
