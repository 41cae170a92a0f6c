using System.Globalization;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Events;

[TestClass]
public sealed class EventSchemaTests
{
    private static readonly Dictionary<EventField[], string[]> SdkKeys = new()
    {
        [InferenceFields.All] =
        [
            "InferencePerformed", "TargetFramework", "BaseImage", "BaseImageTag", "ContainerFamily", "ProjectType", "PublishMode", "IsInvariant", "TargetRuntimes",
        ],
        [OutcomeFields.All] = ["RemotePullType", "LocalPullType", "RemotePushType", "LocalPushType", "error", "direction", "target_rid", "available_rids"],
        [DetailFields.All] = [],
        [IdentityFields.All] = [],
        [SurroundingsFields.All] = [],
    };

    [TestMethod]
    public void Fields_Each_SaysWhatItMeans()
    {
        foreach (EventField field in EventSchema.Fields)
        {
            Assert.IsFalse(string.IsNullOrWhiteSpace(field.Name));
            Assert.IsTrue(field.Description.EndsWith('.'), field.Name);
            Assert.IsFalse(string.IsNullOrWhiteSpace(field.Example), field.Name);
            Assert.IsTrue(Version.TryParse(field.Since, out _), field.Name);
        }
    }

    [TestMethod]
    public void Fields_Names_AreUnique() => CollectionAssert.AllItemsAreUnique(EventSchema.Fields.Select(field => field.Name).ToArray());

    [TestMethod]
    public void Fields_SdkKeys_AreThoseOfTheSdkAndNoOthers()
    {
        foreach ((EventField[] fields, string[] keys) in SdkKeys)
        {
            CollectionAssert.AreEqual(keys, fields.Select(field => field.SdkKey).OfType<string>().ToArray());
        }

        Assert.HasCount(SdkKeys.Keys.Sum(fields => fields.Length), EventSchema.Fields);
    }

    [TestMethod]
    public void Fields_Choices_AreTheOnlyOnesWithAllowedValues()
    {
        foreach (EventField field in EventSchema.Fields)
        {
            Assert.AreEqual(field.Kind is FieldKind.Choice or FieldKind.Choices, field.AllowedValues.Length > 0, field.Name);
            CollectionAssert.AllItemsAreUnique(field.AllowedValues, field.Name);
        }
    }

    [TestMethod]
    public void Fields_Units_AreOfCountsOnly()
    {
        foreach (EventField field in EventSchema.Fields.Where(field => field.Unit is not null))
        {
            Assert.AreEqual(FieldKind.Count, field.Kind, field.Name);
        }
    }

    [TestMethod]
    public void Fields_Examples_AreWrittenAsTheyStand()
    {
        foreach (EventField field in EventSchema.Fields)
        {
            var example = new ContainerEvent(EventNames.Inference);
            SetExample(example, field);

            string line = PreviewFormat.Lines(example).Last();

            string unit = field.Unit is null ? "" : " " + field.Unit;
            Assert.AreEqual("  " + field.Name + " = " + field.Example + unit, line);
        }
    }

    private static void SetExample(ContainerEvent example, EventField field)
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
                example.SetBaseImage(InferenceFields.BaseImage, field, InferenceFields.BaseImage.Example, field.Example);
                break;
            case FieldKind.TargetFramework:
                example.Set(field, field.Example["net".Length..]);
                break;
            default:
                example.Set(field, field.Example);
                break;
        }
    }
}
