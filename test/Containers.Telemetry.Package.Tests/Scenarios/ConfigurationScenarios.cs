using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Scenarios;

/// <summary>Errors of configuration that fail a publish before any transfer.</summary>
internal static class ConfigurationScenarios
{
    private static readonly ExpectedEvent Inferred = ExpectedEvent.Inference();

    // One project for all scenarios, because each project must be built. Properties decide which items it has.
    private static readonly ProjectShape WithItems = new()
    {
        Content = """
              <ItemGroup>
                <ContainerPort Include="$(PortNumber)" Type="tcp" Condition="'$(PortNumber)' != ''" />
                <ContainerPort Include="80" Type="$(PortType)" Condition="'$(PortType)' != ''" />
                <ContainerEntrypoint Include="$(Entrypoint)" Condition="'$(Entrypoint)' != ''" />
                <ContainerAppCommandArgs Include="$(AppCommandArgs)" Condition="'$(AppCommandArgs)' != ''" />
                <ContainerEnvironmentVariable Include="$(VariableName)" Value="x" Condition="'$(VariableName)' != ''" />
              </ItemGroup>
              <Target Name="LosePublishFolder" AfterTargets="Publish" Condition="'$(LosesPublishFolder)' == 'true'">
                <RemoveDir Directories="$(PublishDir)" />
              </Target>
            """,
    };

    public static IEnumerable<Scenario> All() => Each().Select(scenario => scenario with { SharesProcess = true });

    private static IEnumerable<Scenario> Each()
    {
        yield return Wrong("A bad tag", "invalid_tag", ("ContainerImageTag", "not a tag"));
        yield return Wrong("Bad tags", "invalid_tag", ("ContainerImageTags", "\"good;-bad\""));
        yield return Wrong("A tag and tags", "invalid_tag", ("ContainerImageTag", "one"), ("ContainerImageTags", "\"two;three\""));
        yield return Wrong("A repository of nothing but bad characters", "invalid_repository_name", ("ContainerRepository", "+++"));
        yield return Wrong("A repository that begins badly", "invalid_repository_name", ("ContainerRepository", "-app"));
        yield return Wrong("A bad image format", "invalid_image_format", ("ContainerImageFormat", "Tape"));
        yield return Wrong("An unknown app command instruction", "invalid_entrypoint", ("ContainerAppCommandInstruction", "Perhaps"));
        yield return Wrong("A missing publish folder", "missing_publish_directory", ("LosesPublishFolder", "true"));

        yield return new Scenario("A bad base image")
        {
            Properties = [("ContainerBaseImage", "Not//an image")],
            Succeeds = false,
            Events = [ExpectedEvent.NoInference(), ExpectedEvent.Error("invalid_base_image", null, ("RemotePullType", null))],
        };
        yield return new Scenario("A bad registry")
        {
            Registry = "not a registry",
            Succeeds = false,
            Events = [Inferred, ExpectedEvent.Error("invalid_registry", null)],
        };
        yield return new Scenario("A registry with an impossible port")
        {
            Registry = "localhost:99999",
            Succeeds = false,
            Events = [Inferred, ExpectedEvent.Error("invalid_registry", null)],
        };
        yield return new Scenario("A local registry that the SDK does not know")
        {
            Registry = null,
            Properties = [("LocalRegistry", "Shelf")],
            Succeeds = false,
            Events = [Inferred, ExpectedEvent.Error("unsupported_local_registry", null, ("RemotePushType", null))],
        };
        yield return Wrong("A bad port number", "invalid_port", ("PortNumber", "eighty"));
        yield return Wrong("A bad port type", "invalid_port", ("PortType", "carrier-pigeon"));
        yield return Wrong(
            "App command arguments without an app command", "invalid_entrypoint", ("AppCommandArgs", "--fast"), ("ContainerAppCommandInstruction", "None"));
        yield return Wrong(
            "An entrypoint beside an app command that is one", "invalid_entrypoint", ("Entrypoint", "run"), ("ContainerAppCommandInstruction", "Entrypoint"));

        // The SDK ignores an invalid variable with a warning, and the publish continues.
        yield return new Scenario("A bad environment variable")
        {
            Shape = WithItems,
            Properties = [("VariableName", "1BAD")],
            Events = [Inferred, ExpectedEvent.Success()],
        };
        yield return new Scenario("An archive that cannot be written")
        {
            Registry = null,
            Properties = [("ContainerArchiveOutputPath", "/proc/no-such-folder/image.tar")],
            Succeeds = false,
            Events = [Inferred, ExpectedEvent.Error("disk_failure", null, ("RemotePushType", null), ("LocalPushType", "Tarball"))],
        };
        yield return new Scenario("Container support switched off")
        {
            Properties = [("EnableSdkContainerSupport", "false")],
        };
    }

    private static Scenario Wrong(string name, string kind, params (string Name, string Value)[] properties) => new(name)
    {
        Shape = WithItems,
        Properties = properties,
        Succeeds = false,
        Events = [Inferred, ExpectedEvent.Error(kind, null)],
    };
}
