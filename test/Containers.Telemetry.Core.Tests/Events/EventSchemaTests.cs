using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Events;

[TestClass]
public sealed class EventSchemaTests
{
    private static readonly Dictionary<EventField[], string[]> SdkKeys = new()
    {
        [InferenceFields.All] =
        [
            "InferencePerformed", "TargetFramework", "BaseImage", "BaseImageTag", "ContainerFamily", "ProjectType", "PublishMode", "IsInvariant",
            "TargetRuntimes",
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
    public void Fields_Examples_AreWrittenUnchanged()
    {
        foreach (EventField field in EventSchema.Fields)
        {
            var example = new ContainerEvent(EventNames.Inference);
            Examples.Set(example, field);

            string line = PreviewFormat.Lines(example).Last();

            string unit = field.Unit is null ? "" : " " + field.Unit;
            Assert.AreEqual("  " + field.Name + " = " + field.Example + unit, line);
        }
    }

    [TestMethod]
    public void Fields_AttributeNames_AreUnique() =>
        CollectionAssert.AllItemsAreUnique(EventSchema.Fields.SelectMany(field => new[] { field.Attribute, field.OwnAttribute }).OfType<string>().ToArray());

    [TestMethod]
    public void Fields_AttributeNames_AreConventionsOrOurOwn()
    {
        IEnumerable<string> unconventional = EventSchema.Fields.Select(field => field.Attribute).Except(SemanticConventions.Names);
        foreach (string attribute in unconventional.Concat(EventSchema.Fields.Select(field => field.OwnAttribute).OfType<string>()))
        {
            AssertOwnName(attribute);
        }
    }

    [TestMethod]
    public void EventNames_InOpenTelemetry_AreOfTheFormOfTheConventionsAndComeBack()
    {
        foreach (string name in EventNames.All)
        {
            AssertOwnName(EventNames.ToOpenTelemetry(name));
            Assert.AreEqual(name, EventNames.FromOpenTelemetry(EventNames.ToOpenTelemetry(name)));
            Assert.AreEqual(name, EventNames.FromOpenTelemetry(name), "a line of schema 1");
        }

        Assert.IsNull(EventNames.FromOpenTelemetry("containers_telemetry.alice"));
        Assert.IsNull(EventNames.FromOpenTelemetry(null));
    }

    [TestMethod]
    [DataRow("Docker", "container.runtime.name")]
    [DataRow("Podman", "container.runtime.name")]
    [DataRow("Kubernetes", "containers_telemetry.container.kind")]
    [DataRow("Other", "containers_telemetry.container.kind")]
    [DataRow("Windows", "containers_telemetry.container.kind")]
    public void ContainerRuntime_Attribute_IsTheConventionsForARuntimeAlone(string value, string expected) =>
        Assert.AreEqual(expected, SurroundingsFields.ContainerRuntime.AttributeOf(value));

    private static void AssertOwnName(string name)
    {
        Assert.StartsWith(AttributeNames.Prefix, name);
        Assert.IsTrue(name.All(c => char.IsAsciiLetterLower(c) || c is '.' or '_'), name);
    }

    [TestMethod]
    public void Fields_AttributeValues_AreParallelToTheAllowedOnes()
    {
        foreach (EventField field in EventSchema.Fields.Where(field => field.AttributeValues.Length > 0))
        {
            Assert.AreEqual(FieldKind.Choice, field.Kind, field.Name);
            Assert.HasCount(field.AllowedValues.Length, field.AttributeValues, field.Name);
            CollectionAssert.AllItemsAreUnique(field.AttributeValues, field.Name);
        }
    }

    [TestMethod]
    public void Fields_SdkValues_AreParallelToTheAllowedOnes()
    {
        foreach (EventField field in EventSchema.Fields.Where(field => field.SdkValues.Length > 0))
        {
            Assert.AreEqual(FieldKind.Choice, field.Kind, field.Name);
            Assert.HasCount(field.AllowedValues.Length, field.SdkValues, field.Name);
        }
    }

    [TestMethod]
    [DataRow("os.type", "Other", "")]
    [DataRow("os.type", "FreeBSD", "freebsd")]
    [DataRow("os.type", "Linux", "linux")]
    [DataRow("os.type", "MacOS", "darwin")]
    [DataRow("os.type", "Windows", "windows")]
    [DataRow("os.name", "None", "")]
    [DataRow("os.name", "Other", "Other")]
    [DataRow("os.name", "Alpine", "Alpine Linux")]
    [DataRow("os.name", "CblMariner", "CBL-Mariner")]
    [DataRow("os.name", "OpenSuseLeap", "openSUSE Leap")]
    [DataRow("os.name", "PopOS", "Pop!_OS")]
    [DataRow("os.name", "RedHatEnterpriseLinux", "Red Hat Enterprise Linux")]
    [DataRow("os.name", "SuseLinuxEnterprise", "SUSE Linux Enterprise")]
    [DataRow("os.name", "Ubuntu", "Ubuntu")]
    [DataRow("os.name", "Wolfi", "Wolfi")]
    [DataRow("os.name", "AlmaLinux", "AlmaLinux")]
    [DataRow("os.name", "AmazonLinux", "Amazon Linux")]
    [DataRow("os.name", "Arch", "Arch Linux")]
    [DataRow("os.name", "AzureLinux", "Azure Linux")]
    [DataRow("os.name", "CentOS", "CentOS")]
    [DataRow("os.name", "Debian", "Debian")]
    [DataRow("os.name", "Fedora", "Fedora")]
    [DataRow("os.name", "Gentoo", "Gentoo")]
    [DataRow("os.name", "Kali", "Kali Linux")]
    [DataRow("os.name", "LinuxMint", "Linux Mint")]
    [DataRow("os.name", "Manjaro", "Manjaro")]
    [DataRow("os.name", "NixOS", "NixOS")]
    [DataRow("os.name", "OpenSuseTumbleweed", "openSUSE Tumbleweed")]
    [DataRow("os.name", "OracleLinux", "Oracle Linux")]
    [DataRow("os.name", "Raspbian", "Raspbian")]
    [DataRow("os.name", "RockyLinux", "Rocky Linux")]
    [DataRow("host.arch", "Other", "")]
    [DataRow("host.arch", "Arm", "arm32")]
    [DataRow("host.arch", "Arm64", "arm64")]
    [DataRow("host.arch", "X64", "amd64")]
    [DataRow("host.arch", "X86", "x86")]
    [DataRow("container.runtime.name", "None", "")]
    [DataRow("container.runtime.name", "Other", "other")]
    [DataRow("container.runtime.name", "Docker", "docker")]
    [DataRow("container.runtime.name", "Kubernetes", "kubernetes")]
    [DataRow("container.runtime.name", "Lxc", "lxc")]
    [DataRow("container.runtime.name", "Podman", "podman")]
    [DataRow("container.runtime.name", "Windows", "windows")]
    [DataRow("cicd.pipeline.task.run.result", "error", "failure")]
    [DataRow("cicd.pipeline.task.run.result", "canceled", "cancellation")]
    public void Fields_AttributeValues_AreTheConventionsWords(string attribute, string value, string expected)
    {
        EventField field = EventSchema.Fields.Single(field => field.Attribute == attribute);

        Assert.AreEqual(expected, field.AttributeValues[Array.IndexOf(field.AllowedValues, value)]);
    }
}
