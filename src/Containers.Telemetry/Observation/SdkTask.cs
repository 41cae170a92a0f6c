using System.Reflection;

namespace Containers.Telemetry.Observation;

/// <summary>A container task of the build's SDK, with whatever parameters that version declares.</summary>
internal sealed class SdkTask(ITask task)
{
    private readonly Type _type = task.GetType();

    public ITask Task => task;

    /// <summary>Sets an input, if the task has it and can take the value.</summary>
    public void SetInput(string name, object? value)
    {
        if (Find(name) is { CanWrite: true } parameter && ParameterConversion.TryConvert(value, parameter.PropertyType, out object? converted))
        {
            Set(parameter, converted);
        }
    }

    /// <summary>Returns an output; the default of its type if the task does not have it.</summary>
    public T? GetOutput<T>(string name) =>
        Find(name) is { CanRead: true } parameter && ParameterConversion.TryConvert(Get(parameter), typeof(T), out object? value)
            ? (T?)value
            : default;

    /// <summary>
    /// Returns a required input that has no value, or null. MSBuild treats an empty required text as missing, but passes an empty required list to
    /// the task. A call with an empty list cannot be distinguished from one without, so a list is never missing.
    /// </summary>
    /// <param name="isSet">Whether MSBuild has set the input of this name.</param>
    public string? FindMissingInput(Func<string, bool> isSet)
    {
        foreach (PropertyInfo parameter in _type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (isSet(parameter.Name) || !parameter.IsDefined(typeof(RequiredAttribute), inherit: false))
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

    private object? Get(PropertyInfo parameter) =>
        parameter.GetValue(task, BindingFlags.DoNotWrapExceptions, binder: null, index: null, culture: null);

    private void Set(PropertyInfo parameter, object? value) =>
        parameter.SetValue(task, value, BindingFlags.DoNotWrapExceptions, binder: null, index: null, culture: null);
}
