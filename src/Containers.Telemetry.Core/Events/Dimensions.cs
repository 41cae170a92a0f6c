namespace Containers.Telemetry.Events;

/// <summary>What a dimension that an organization adds to its events may look like: too little for a sentence, a path or an address.</summary>
public static class Dimensions
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 32;

    /// <summary>The longest value, in characters.</summary>
    public const int MaxValueLength = 64;

    /// <summary>The most dimensions of one event.</summary>
    public const int MaxCount = 16;

    /// <summary>Whether it is a name: a lower-case letter, then lower-case letters, digits and underscores.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameLength && char.IsAsciiLetterLower(name[0]) && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    /// <summary>Whether it is a value: letters, digits, dots, underscores and hyphens.</summary>
    public static bool IsValue(string value) =>
        value.Length is > 0 and <= MaxValueLength && value.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
