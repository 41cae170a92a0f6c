using System.Diagnostics;
using Containers.Telemetry.Characters;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Events;

/// <summary>One event: a name and the values of fields of the schema. A value that the kind of its field does not allow is left out.</summary>
/// <remarks>
/// A field has one value: the last that it accepted. A method of the wrong kind, such as a flag for a count, is a mistake in the code:
/// a debug build throws an <see cref="ArgumentException"/>, a release build leaves the value out.
/// </remarks>
public sealed class ContainerEvent(string name)
{
    private readonly List<KeyValuePair<EventField, object>> _values = new(48);
    private List<KeyValuePair<string, string>>? _dimensions;

    /// <summary>One of <see cref="EventNames"/>.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// The values in the order in which their fields were first set: <see cref="string"/>, <see cref="string"/>[], <see cref="long"/> or
    /// <see cref="bool"/>.
    /// </summary>
    public IReadOnlyList<KeyValuePair<EventField, object>> Values => _values;

    /// <summary>The dimensions that an organization declared, by name. They go to its own sinks only.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Dimensions => _dimensions ?? [];

    /// <summary>Sets a dimension. An invalid name or value, or a dimension that is already set, is left out.</summary>
    public void SetDimension(string name, string value)
    {
        if (!Events.Dimensions.IsName(name) || !Events.Dimensions.IsValue(value))
        {
            return;
        }

        foreach (KeyValuePair<string, string> dimension in Dimensions)
        {
            if (dimension.Key == name)
            {
                return;
            }
        }

        (_dimensions ??= []).Add(new KeyValuePair<string, string>(name, value));
    }

    /// <summary>Sets a field of text. Null, or a value that the field does not allow, leaves it out.</summary>
    public void Set(EventField field, string? value)
    {
        RequireKind(field, FieldGuard.TakesText(field.Kind));
        if (value is not null && FieldGuard.Text(field, value) is { } accepted)
        {
            Add(field, accepted);
        }
    }

    /// <summary>Sets a field of several values. Values that the field does not allow are left out; an empty list leaves the field out.</summary>
    public void Set(EventField field, IReadOnlyList<string> values)
    {
        RequireKind(field, FieldGuard.TakesTexts(field.Kind));
        string[] accepted = FieldGuard.Texts(field, values);
        if (accepted.Length > 0)
        {
            Add(field, accepted);
        }
    }

    public void Set(EventField field, bool value)
    {
        RequireKind(field, field.Kind is FieldKind.Flag);
        if (field.Kind is FieldKind.Flag)
        {
            Add(field, value);
        }
    }

    /// <summary>Sets a count. Null, and a negative number, leaves it out.</summary>
    public void Set(EventField field, long? value)
    {
        RequireKind(field, field.Kind is FieldKind.Count);
        if (field.Kind is FieldKind.Count && value is { } count && FieldGuard.Count(field, count) is { } accepted)
        {
            Add(field, accepted);
        }
    }

    /// <summary>Sets a count from a line, without rounding: lines of older versions have exact sizes.</summary>
    public void SetAsRead(EventField field, long? value)
    {
        RequireKind(field, field.Kind is FieldKind.Count);
        if (value is >= 0)
        {
            Add(field, value.Value);
        }
    }

    /// <summary>Sets a moment.</summary>
    public void Set(EventField field, DateTimeOffset value)
    {
        RequireKind(field, field.Kind is FieldKind.Timestamp);
        Set(field, value.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
    }

    public void Set(EventField field, Guid value)
    {
        RequireKind(field, field.Kind is FieldKind.Identifier);
        Set(field, value.ToString("D"));
    }

    /// <summary>Sets a base image's name and tag. The allowed forms of a tag depend on the image; without an accepted name there is no tag.</summary>
    public void SetBaseImage(string name, string? tag)
    {
        if (FieldGuard.Text(InferenceFields.BaseImage, name) is { } acceptedName)
        {
            Add(InferenceFields.BaseImage, acceptedName);
            if (tag is not null && FieldGuard.BaseImageTag(acceptedName, tag) is { } acceptedTag)
            {
                Add(InferenceFields.BaseImageTag, acceptedTag);
            }
        }
    }

    /// <summary>Returns the value of a field, or null.</summary>
    public object? Find(EventField field) => IndexOf(field) is >= 0 and var index ? _values[index].Value : null;

    [Conditional("DEBUG")]
    private static void RequireKind(EventField field, bool isRight)
    {
        if (!isRight)
        {
            throw new ArgumentException($"The field {field.Name} is a {field.Kind} and takes no value of this type.", nameof(field));
        }
    }

    private void Add(EventField field, object value)
    {
        var entry = new KeyValuePair<EventField, object>(field, value);
        if (IndexOf(field) is >= 0 and var index)
        {
            _values[index] = entry;
        }
        else
        {
            _values.Add(entry);
        }
    }

    private int IndexOf(EventField field)
    {
        for (int i = 0; i < _values.Count; i++)
        {
            if (ReferenceEquals(_values[i].Key, field))
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>The allowed names and values of dimensions: too short for a sentence, a path or an address.</summary>
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
        name.Length is > 0 and <= MaxNameLength
            && char.IsAsciiLetterLower(name[0])
            && name.AsSpan().ContainsOnly(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    /// <summary>Whether it is a value: letters, digits, dots, underscores and hyphens.</summary>
    public static bool IsValue(string value) =>
        value.Length is > 0 and <= MaxValueLength && value.AsSpan().ContainsOnly(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}

/// <summary>The names of the events: those that the .NET SDK raises and the dotnet CLI forwards, and those that other packages' targets log.</summary>
public static class EventNames
{
    /// <summary>The prefix of every container event of the SDK.</summary>
    public const string Prefix = "sdk/container/";

    /// <summary>How the base image was chosen.</summary>
    public const string Inference = "sdk/container/inference";

    public const string Success = "sdk/container/publish/success";

    public const string Error = "sdk/container/publish/error";

    /// <summary>An action of another package's targets, with its outcome. Goes to the user's own sinks only.</summary>
    public const string Usage = "containers-telemetry/usage";

    /// <summary>An error of another package's targets that belongs to no action. Goes to the user's own sinks only.</summary>
    public const string UsageError = "containers-telemetry/error";

    public static readonly string[] All = [Inference, Success, Error, Usage, UsageError];

    // In the order of All. The conventions for event names ask for lower case, dots between namespaces and underscores between words.
    private static readonly string[] InOpenTelemetry =
    [
        AttributeNames.Prefix + "inference",
        AttributeNames.Prefix + "publish.success",
        AttributeNames.Prefix + "publish.error",
        AttributeNames.Prefix + "usage",
        AttributeNames.Prefix + "usage_error",
    ];

    /// <summary>Returns the event name of an event's log record.</summary>
    /// <param name="name">One of <see cref="All"/>.</param>
    public static string ToOpenTelemetry(string name) => InOpenTelemetry[Array.IndexOf(All, name)];

    /// <summary>Returns the event of a log record's event name; null for another name.</summary>
    /// <param name="eventName">The name; lines of schema 1 have the names in <see cref="All"/>.</param>
    public static string? FromOpenTelemetry(string? eventName)
    {
        int index = Array.IndexOf(InOpenTelemetry, eventName);
        index = index >= 0 ? index : Array.IndexOf(All, eventName);
        return index >= 0 ? All[index] : null;
    }

    /// <summary>Whether the SDK has an event of this name, too.</summary>
    public static bool IsOfSdk(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);
}
