using System.Reflection;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.Observation;

/// <summary>A container task of the SDK that runs the build, whatever parameters that SDK's version of it declares.</summary>
internal sealed class SdkTask(ITask task)
{
    private readonly Type _type = task.GetType();

    public ITask Task => task;

    /// <summary>Sets an input. A task without it, or that cannot take the value, keeps its default.</summary>
    public void SetInput(string name, object? value)
    {
        if (Find(name) is { CanWrite: true } parameter && ParameterConversion.TryConvert(value, parameter.PropertyType, out object? converted))
        {
            Set(parameter, converted);
        }
    }

    /// <summary>Returns an output; the default of its type from a task that has none.</summary>
    public T? GetOutput<T>(string name) =>
        Find(name) is { CanRead: true } parameter && ParameterConversion.TryConvert(parameter.GetValue(task, BindingFlags.DoNotWrapExceptions, binder: null, index: null, culture: null), typeof(T), out object? value) ? (T?)value : default;

    /// <summary>
    /// Returns a required input that has no value, or null. MSBuild counts a required text that is empty as missing and gives a required list that
    /// is empty to the task. Whether a call names a list at all cannot be seen here, so a list is never missing.
    /// </summary>
    /// <param name="isSet">Says whether MSBuild has set the input of this name.</param>
    public string? FindMissingInput(Func<string, bool> isSet)
    {
        foreach (PropertyInfo parameter in _type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (isSet(parameter.Name) || !parameter.IsDefined(typeof(RequiredAttribute)))
            {
                continue;
            }

            if (!parameter.PropertyType.IsArray)
            {
                return parameter.Name;
            }

            Set(parameter, Array.CreateInstance(parameter.PropertyType.GetElementType()!, 0));
        }

        return null;
    }

    private PropertyInfo? Find(string name) => _type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance);

    private void Set(PropertyInfo parameter, object? value) => parameter.SetValue(task, value, BindingFlags.DoNotWrapExceptions, binder: null, index: null, culture: null);
}
