using System.Globalization;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Events;

/// <summary>Events with the schema's example values.</summary>
internal static class Examples
{
    public static ContainerEvent Full(string name)
    {
        var full = new ContainerEvent(name);
        foreach (EventField field in EventSchema.Fields.Where(field => field != InferenceFields.BaseImage))
        {
            Set(full, field);
        }

        return full;
    }

    /// <summary>Returns the event of a successful publish, with the fields that a real one has.</summary>
    public static ContainerEvent Success()
    {
        var success = new ContainerEvent(EventNames.Success);
        EventField[] fields =
        [
            OutcomeFields.RemotePullType, OutcomeFields.RemotePushType, DetailFields.Outcome, DetailFields.Scope, DetailFields.ImageFormat,
            DetailFields.ImageSize,
            DetailFields.LayerCount, DetailFields.TagCount, DetailFields.EventId, DetailFields.PublishId, DetailFields.SchemaVersion, DetailFields.Time,
            DetailFields.Duration, DetailFields.FeaturesUsed, IdentityFields.AnonymousUserId, IdentityFields.ProjectId, .. SurroundingsFields.All,
        ];
        foreach (EventField field in fields)
        {
            Set(success, field);
        }

        success.SetDimension("team", "payments");
        return success;
    }

    /// <summary>Sets a field to its example. A tag also sets the base image that it belongs to.</summary>
    public static void Set(ContainerEvent example, EventField field)
    {
        switch (field.Kind)
        {
            case FieldKind.Flag:
                example.Set(field, bool.Parse(field.Example));
                break;
            case FieldKind.Count:
                example.Set(field, long.Parse(field.Example, CultureInfo.InvariantCulture));
                break;
            case FieldKind.Choices or FieldKind.RuntimeIdentifiers:
                example.Set(field, field.Example.Split(", "));
                break;
            case FieldKind.BaseImageTag:
                example.SetBaseImage(InferenceFields.BaseImage.Example, field.Example);
                break;
            case FieldKind.TargetFramework:
                example.Set(field, field.Example["net".Length..]);
                break;
            default:
                example.Set(field, field.Example);
                break;
        }
    }

    /// <summary>Sets a field to any text, by the setter of its kind. Flags, counts and tags accept no text and stay unset.</summary>
    public static void SetText(ContainerEvent filled, EventField field, string text, string other)
    {
        if (FieldGuard.TakesTexts(field.Kind))
        {
            filled.Set(field, [text, other]);
        }
        else if (FieldGuard.TakesText(field.Kind))
        {
            filled.Set(field, text);
        }
    }
}
