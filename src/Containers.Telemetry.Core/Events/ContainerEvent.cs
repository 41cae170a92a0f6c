using System.Diagnostics;
using System.Globalization;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Events;

/// <summary>One event: a name and the values of fields of the schema. A value that the kind of its field does not allow is left out.</summary>
/// <remarks>
/// A field has one value: the last that it accepted. A method of the wrong kind, such as a flag for a count, is a mistake in the code:
/// a debug build throws an <see cref="ArgumentException"/>, a release build leaves the value out.
/// </remarks>
/// <param name="name">One of <see cref="EventNames"/>.</param>
public sealed class ContainerEvent(string name)
{
    private readonly List<KeyValuePair<EventField, object>> _values = new(48);
    private List<KeyValuePair<string, string>>? _dimensions;

    /// <summary>One of <see cref="EventNames"/>.</summary>
    public string Name { get; } = name;

    /// <summary>The values in the order in which their fields were first set: <see cref="string"/>, <see cref="string"/>[], <see cref="long"/> or <see cref="bool"/>.</summary>
    public IReadOnlyList<KeyValuePair<EventField, object>> Values => _values;

    /// <summary>The dimensions that an organization declared, by name. They go to its own sinks only.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Dimensions => _dimensions ?? [];

    /// <summary>Sets a dimension. One whose name or value is not allowed is left out, and so is one that is set already.</summary>
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

    /// <summary>Sets a field of text. Null, and what the field does not allow, leaves it out.</summary>
    public void Set(EventField field, string? value)
    {
        RequireKind(field, FieldGuard.TakesText(field.Kind));
        if (value is not null && FieldGuard.Text(field, value) is { } accepted)
        {
            Add(field, accepted);
        }
    }

    /// <summary>Sets a field of several values. What the field does not allow is left out; an empty list leaves the field out.</summary>
    public void Set(EventField field, IReadOnlyList<string> values)
    {
        RequireKind(field, FieldGuard.TakesTexts(field.Kind));
        string[] accepted = FieldGuard.Texts(field, values);
        if (accepted.Length > 0)
        {
            Add(field, accepted);
        }
    }

    /// <summary>Sets a flag.</summary>
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
        if (field.Kind is FieldKind.Count && value is >= 0)
        {
            Add(field, value.Value);
        }
    }

    /// <summary>Sets a moment.</summary>
    public void Set(EventField field, DateTimeOffset value)
    {
        RequireKind(field, field.Kind is FieldKind.Timestamp);
        Set(field, value.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));
    }

    /// <summary>Sets an identifier.</summary>
    public void Set(EventField field, Guid value)
    {
        RequireKind(field, field.Kind is FieldKind.Identifier);
        Set(field, value.ToString("D"));
    }

    /// <summary>Sets a base image's name and tag. What forms a tag may have depends on the image; without an accepted name there is no tag.</summary>
    public void SetBaseImage(EventField nameField, EventField tagField, string name, string? tag)
    {
        RequireKind(nameField, nameField.Kind is FieldKind.BaseImage);
        RequireKind(tagField, tagField.Kind is FieldKind.BaseImageTag);
        if (nameField.Kind is FieldKind.BaseImage && FieldGuard.Text(nameField, name) is { } acceptedName)
        {
            Add(nameField, acceptedName);
            if (tagField.Kind is FieldKind.BaseImageTag && tag is not null && FieldGuard.BaseImageTag(acceptedName, tag) is { } acceptedTag)
            {
                Add(tagField, acceptedTag);
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
