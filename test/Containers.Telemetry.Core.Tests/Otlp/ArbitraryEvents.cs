using Containers.Telemetry.Classification;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Otlp;

/// <summary>Generates events from arbitrary text and from text that is close to allowed values.</summary>
internal static class ArbitraryEvents
{
    private static readonly string[] Seeds =
    [
        .. EventSchema.Fields.Select(field => field.Example),
        .. EventSchema.Fields.SelectMany(field => field.AllowedValues.Take(3)),
        "10.0", "1.0.0-preview.3", "linux-musl-arm64", "contoso.azurecr.io/team/app:1", "/home/alice/src/app", @"C:\Users\alice", "P@ssw0rd",
        "{\"a\":1}\n", "\"]}]}",
    ];

    public static readonly Arbitrary<string> Texts = Mutations.Of(Seeds);

    /// <summary>Events with generated texts, allowed values, and extreme numbers and times.</summary>
    public static readonly Arbitrary<ContainerEvent> Events =
        (from name in Gen.Elements(EventNames.All)
         from text in Texts.Generator
         from other in Texts.Generator
         from number in Gen.Elements(0L, 1L, 255L, int.MaxValue, 1L << 53, long.MaxValue)
         from ticks in Gen.Choose(0, int.MaxValue)
         from pick in Gen.Choose(0, 1000)
         select Fill(name, text, other, number, DateTimeOffset.UnixEpoch.AddTicks(ticks * 80_000_007L), pick)).ToArbitrary();

    /// <summary>Sets every field once. <paramref name="pick"/> decides whether to the text, to the other text or to an allowed value.</summary>
    public static ContainerEvent Fill(string name, string text, string other, long number, DateTimeOffset time, int pick)
    {
        var filled = new ContainerEvent(name);
        filled.SetBaseImage(pick % 2 == 0 ? InferenceFields.BaseImage.Example : text, pick % 3 == 0 ? text : "10.0");
        for (int i = 0; i < EventSchema.Fields.Count; i++)
        {
            EventField field = EventSchema.Fields[i];
            bool takesText = (pick + i) % 3 == 0;
            switch (field.Kind)
            {
                case FieldKind.Flag:
                    filled.Set(field, takesText);
                    break;
                case FieldKind.Count:
                    filled.Set(field, number);
                    break;
                case FieldKind.Timestamp:
                    filled.Set(field, time);
                    break;
                case FieldKind.RuntimeIdentifiers:
                    filled.Set(field, [text, other, "linux-x64"]);
                    break;
                case FieldKind.Choices:
                    filled.Set(field, [text, field.AllowedValues[(pick + i) % field.AllowedValues.Length], other]);
                    break;
                case FieldKind.Choice:
                    filled.Set(field, takesText ? text : field.AllowedValues[(pick + i) % field.AllowedValues.Length]);
                    break;
                case FieldKind.TargetFramework:
                    filled.Set(field, takesText ? text : "10.0");
                    break;
                case FieldKind.BaseImage or FieldKind.BaseImageTag:
                    break;
                default:
                    filled.Set(field, takesText ? text : field.Example);
                    break;
            }
        }

        filled.SetDimension(text, other);
        filled.SetDimension("team", text);
        filled.SetDimension("stage_2", "prod-eu.1");
        return filled;
    }
}
