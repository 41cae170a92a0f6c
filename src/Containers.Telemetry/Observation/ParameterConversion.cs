namespace Containers.Telemetry.Observation;

/// <summary>Converts a value to the type of a parameter in another version of the task, like MSBuild: a text is a list, an item its identity.</summary>
internal static class ParameterConversion
{
    private const char Separator = ';';

    /// <param name="value">The value; null for none.</param>
    /// <param name="converted">The value in that type; null when there is none or it cannot be converted.</param>
    /// <returns>Whether the value can be converted.</returns>
    public static bool TryConvert(object? value, Type type, out object? converted)
    {
        if (value is null || type.IsInstanceOfType(value))
        {
            converted = value;
            return true;
        }

        converted = Convert(value, Nullable.GetUnderlyingType(type) ?? type);
        return converted is not null;
    }

    private static object? Convert(object value, Type type) => type switch
    {
        _ when type == typeof(string) => TextOf(value),
        _ when type == typeof(string[]) => TextsOf(value),
        _ when type == typeof(ITaskItem[]) && value is ITaskItem item => new[] { item },
        _ when type == typeof(ITaskItem) && value is ITaskItem[] { Length: 1 } items => items[0],
        _ when type == typeof(bool) => BooleanOf(TextOf(value)),
        _ when type.IsPrimitive => NumberOf(TextOf(value), type),
        _ => null,
    };

    private static string? TextOf(object value) => value switch
    {
        string[] or ITaskItem[] => string.Join(Separator, TextsOf(value)!),
        ITaskItem item => item.ItemSpec,
        IConvertible convertible => convertible.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string[]? TextsOf(object value) => value switch
    {
        string[] texts => texts,
        ITaskItem[] items => Array.ConvertAll(items, static item => item.ItemSpec),
        _ => TextOf(value)?.Split(Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
    };

    private static object? BooleanOf(string? text) => text?.ToLowerInvariant() switch
    {
        "true" or "on" or "yes" or "!false" or "!off" or "!no" => true,
        "false" or "off" or "no" or "!true" or "!on" or "!yes" => false,
        _ => null,
    };

    private static object? NumberOf(string? text, Type type)
    {
        try
        {
            return text is null ? null : System.Convert.ChangeType(text, type, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is FormatException or OverflowException or InvalidCastException)
        {
            return null;
        }
    }
}
