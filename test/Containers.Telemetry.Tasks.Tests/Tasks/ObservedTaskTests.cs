using Containers.Telemetry.Sdk;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Moq;

namespace Containers.Telemetry.Tasks;

/// <summary>Runs our tasks over the installed SDK's. The build must see the same as without us, and the events must be exact.</summary>
[TestClass]
public sealed class ObservedTaskTests
{
    private const string Fault = "Low: Containers.Telemetry could not observe this publish (InvalidOperationException). The publish itself is not affected.";

    private static readonly Dictionary<string, object> Inference = new()
    {
        ["SdkVersion"] = "10.0.401",
        ["TargetFrameworkVersion"] = "10.0.0",
        ["FrameworkReferences"] = new ITaskItem[] { new TaskItem("Microsoft.NETCore.App"), new TaskItem("Microsoft.AspNetCore.App") },
        ["TargetRuntimeIdentifiers"] = new[] { "linux-x64" },
        ["ContainerFamily"] = "noble-chiseled",
        ["UsesInvariantGlobalization"] = true,
    };

    private static readonly Dictionary<string, object> Properties = new()
    {
        ["FullyQualifiedBaseImageName"] = "mcr.microsoft.com/dotnet/aspnet:10.0",
        ["ContainerRegistry"] = "contoso.azurecr.io",
        ["ContainerRepository"] = "Team/App",
        ["ContainerImageTags"] = new[] { "1.0", "latest" },
        ["ContainerEnvironmentVariables"] = new ITaskItem[] { new TaskItem("GOOD"), new TaskItem("not good") },
    };

    private static readonly Dictionary<string, object> Image = new()
    {
        ["BaseRegistry"] = "mcr.microsoft.com",
        ["BaseImageName"] = "dotnet/runtime",
        ["BaseImageTag"] = "10.0",
        ["OutputRegistry"] = "ghcr.io",
        ["Repository"] = "app",
        ["ImageTags"] = new[] { "latest" },
        ["PublishDirectory"] = AppContext.BaseDirectory,
        ["WorkingDirectory"] = "/app",
        ["Entrypoint"] = new ITaskItem[] { new TaskItem("dotnet") },
        ["ContainerRuntimeIdentifier"] = "linux-x64",
        ["GenerateDigestLabel"] = false,
        ["GenerateLabels"] = false,
        ["RuntimeIdentifierGraphPath"] = Path.Combine(ObservedSdk.Folder, "RuntimeIdentifierGraph.json"),
    };

    [TestMethod]
    public void ComputeDotnetBaseImageAndTag_Inference_IsReported()
    {
        RecordingBuildEngine engine = RunLikeTheSdks<ComputeDotnetBaseImageAndTag>(Inference);

        AssertEvent(
            engine,
            "sdk/container/inference",
            ("InferencePerformed", "True"),
            ("TargetFramework", "10.0"),
            ("BaseImage", "mcr.microsoft.com/dotnet/aspnet"),
            ("BaseImageTag", "10.0-noble-chiseled"),
            ("ContainerFamily", "noble-chiseled"),
            ("ProjectType", "AspNetCore"),
            ("PublishMode", "FrameworkDependent"),
            ("IsInvariant", "True"),
            ("TargetRuntimes", "linux-x64"));
    }

    /// <summary>
    /// With a publish profile the build of each image chooses a base image, too. The publish has already reported its own inference then.
    /// </summary>
    [TestMethod]
    public void ComputeDotnetBaseImageAndTag_InferenceForOneImageOfSeveral_IsNotReported()
    {
        var engine = new RecordingBuildEngine { GlobalProperties = { ["_ContainerImageTags"] = "latest" } };

        TaskRun run = TaskRun.Of(new ComputeDotnetBaseImageAndTag(), Inference, engine);

        Assert.IsTrue(run.Result);
        Assert.IsEmpty(engine.Telemetry);
    }

    [TestMethod]
    public void ComputeDotnetBaseImageAndTag_ImageOfTheUser_IsNotNamed()
    {
        Dictionary<string, object> inputs = With(
            Inference,
            ("UserBaseImage", "contoso.example/secret:1"),
            ("TargetRuntimeIdentifiers", new[] { "linux-musl-x64", "contoso" }));

        RecordingBuildEngine engine = RunLikeTheSdks<ComputeDotnetBaseImageAndTag>(inputs);

        AssertEvent(
            engine,
            "sdk/container/inference",
            ("InferencePerformed", "False"),
            ("TargetFramework", "10.0"),
            ("ProjectType", "AspNetCore"),
            ("PublishMode", "FrameworkDependent"),
            ("IsInvariant", "True"),
            ("TargetRuntimes", "linux-musl-x64;other"));
    }

    [TestMethod]
    public void ComputeDotnetBaseImageAndTag_FamilyOfTheUser_IsNotNamed()
    {
        Dictionary<string, object> inputs = With(Inference, ("ContainerFamily", "payments"), ("IsAotPublished", true), ("IsSelfContained", true));

        RecordingBuildEngine engine = RunLikeTheSdks<ComputeDotnetBaseImageAndTag>(inputs);

        AssertEvent(
            engine,
            "sdk/container/inference",
            ("InferencePerformed", "True"),
            ("TargetFramework", "10.0"),
            ("BaseImage", "mcr.microsoft.com/dotnet/runtime-deps"),
            ("ProjectType", "AspNetCore"),
            ("PublishMode", "Aot"),
            ("IsInvariant", "True"),
            ("TargetRuntimes", "linux-x64"));
    }

    [TestMethod]
    public void ComputeDotnetBaseImageAndTag_RuntimesThatShareNoImage_AreAnError()
    {
        Dictionary<string, object> inputs = With(Inference, ("TargetRuntimeIdentifiers", new[] { "linux-x64", "linux-musl-x64" }));

        RecordingBuildEngine engine = RunLikeTheSdks<ComputeDotnetBaseImageAndTag>(inputs);

        AssertEvent(engine, "sdk/container/publish/error", ("error", "unsupported_runtime_identifiers"));
    }

    [TestMethod]
    public void ComputeDotnetBaseImageAndTag_SdkVersionThatIsNone_IsAnError()
    {
        RecordingBuildEngine engine = RunLikeTheSdks<ComputeDotnetBaseImageAndTag>(With(Inference, ("SdkVersion", "ten")));

        AssertEvent(engine, "sdk/container/publish/error", ("error", "unsupported_sdk"));
    }

    [TestMethod]
    public void ComputeDotnetBaseImageAndTag_ExceptionOfTheSdk_IsAnErrorOfItsOwn()
    {
        RecordingBuildEngine engine = RunLikeTheSdks<ComputeDotnetBaseImageAndTag>(With(Inference, ("TargetFrameworkVersion", "ten")));

        AssertEvent(engine, "sdk/container/publish/error", ("error", "internal_error"));
    }

    [TestMethod]
    public void ParseContainerProperties_ValidProperties_RaiseNoEvent() => Assert.IsEmpty(RunLikeTheSdks<ParseContainerProperties>(Properties).Telemetry);

    [TestMethod]
    [DataRow("ContainerRegistry", "no registry", "invalid_registry", "Other")]
    [DataRow("FullyQualifiedBaseImageName", "mcr.microsoft.com/dotnet/ASPNET:10.0", "invalid_base_image", "Azure")]
    [DataRow("ContainerRepository", "???", "invalid_repository_name", "Azure")]
    [DataRow("ContainerImageTag", "both", "invalid_tag", "Azure")]
    public void ParseContainerProperties_BadProperty_IsAnError(string property, string value, string expected, string registry)
    {
        RecordingBuildEngine engine = RunLikeTheSdks<ParseContainerProperties>(With(Properties, (property, value)));

        (string, string)[] pull = property == "FullyQualifiedBaseImageName" ? [] : [("RemotePullType", "MCR")];
        AssertEvent(engine, "sdk/container/publish/error", [.. pull, ("RemotePushType", registry), ("error", expected)]);
    }

    [TestMethod]
    public void CreateNewImage_NoPublishDirectory_IsAnError()
    {
        RecordingBuildEngine engine = RunLikeTheSdks<CreateNewImage>(With(Image, ("PublishDirectory", Path.Combine(AppContext.BaseDirectory, "nothing"))));

        AssertEvent(engine, "sdk/container/publish/error", ("RemotePullType", "MCR"), ("RemotePushType", "GitHub"), ("error", "missing_publish_directory"));
    }

    [TestMethod]
    public void CreateNewImage_BaseImageOfALocalRegistry_IsAnError()
    {
        RecordingBuildEngine engine = RunLikeTheSdks<CreateNewImage>(With(Image, ("BaseRegistry", ""), ("ArchiveOutputPath", "app.tar.gz")));

        AssertEvent(engine, "sdk/container/publish/error", ("LocalPushType", "Tarball"), ("error", "unsupported_local_registry"));
    }

    [TestMethod]
    public void CreateNewImage_RegistryThatIsNotThere_IsUnreachableOnThePull()
    {
        RecordingBuildEngine engine = RunLikeTheSdks<CreateNewImage>(With(Image, ("BaseRegistry", "localhost:1")));

        AssertEvent(
            engine,
            "sdk/container/publish/error",
            ("RemotePullType", "Other"),
            ("RemotePushType", "GitHub"),
            ("error", "registry_unreachable"),
            ("direction", "pull"));
    }

    /// <summary>A task host may cancel a task many times.</summary>
    [TestMethod]
    [DataRow(1)]
    [DataRow(67)]
    public void CreateNewImage_CanceledBeforeItRuns_IsCanceled(int times)
    {
        RecordingBuildEngine engine = RunLikeTheSdks<CreateNewImage>(Image, task =>
        {
            for (int i = 0; i < times; i++)
            {
                ((ICancelableTask)task).Cancel();
            }
        });

        AssertEvent(
            engine, "sdk/container/publish/error", ("RemotePullType", "MCR"), ("RemotePushType", "GitHub"), ("error", "canceled"), ("direction", "pull"));
    }

    [TestMethod]
    public void CreateImageIndex_Podman_IsAnError()
    {
        var inputs = new Dictionary<string, object>
        {
            ["BaseRegistry"] = "mcr.microsoft.com",
            ["BaseImageName"] = "dotnet/runtime",
            ["LocalRegistry"] = "Podman",
            ["Repository"] = "app",
            ["ImageTags"] = new[] { "latest" },
            ["GeneratedContainers"] = new ITaskItem[] { new TaskItem("a") },
        };

        RecordingBuildEngine engine = RunLikeTheSdks<CreateImageIndex>(inputs);

        AssertEvent(engine, "sdk/container/publish/error", ("RemotePullType", "MCR"), ("LocalPushType", "Podman"), ("error", "unsupported_local_registry"));
    }

    [TestMethod]
    public void Execute_HostObject_ReachesTheTaskOfTheSdk()
    {
        var engine = new RecordingBuildEngine();
        var host = new CredentialHost();
        var task = new CreateNewImage { HostObject = host };

        TaskRun.Of(task, With(Image, ("BaseRegistry", "")), engine);

        Assert.IsTrue(host.WasAsked);
    }

    [TestMethod]
    public void Execute_TwoTasksOfOnePublishFail_OnlyTheFirstIsTheOutcome()
    {
        var engine = new RecordingBuildEngine();

        TaskRun.Of(new ParseContainerProperties(), With(Properties, ("ContainerImageTag", "both")), engine);
        TaskRun.Of(new CreateNewImage(), With(Image, ("PublishDirectory", "nothing")), engine);

        Assert.AreEqual("invalid_tag", engine.Telemetry.Single().Properties["error"]);
    }

    [TestMethod]
    public void Execute_ExceptionOfTheSdk_HasAStackTraceWithoutUs()
    {
        TaskRun run = TaskRun.Of(new CreateNewImage(), With(Image, ("BaseRegistry", "")), new RecordingBuildEngine());

        Assert.IsInstanceOfType<NotSupportedException>(run.Escaped);
        IEnumerable<string> ours = run.Escaped.StackTrace!.Split('\n').Where(line => line.Contains("Containers.Telemetry", StringComparison.Ordinal));
        Assert.IsEmpty(ours.Where(line => !line.Contains(nameof(TaskRun), StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Execute_EngineOfAnOlderMSBuild_PublishesUnobserved()
    {
        TaskRun observed = TaskRun.Of(new ParseContainerProperties(), Properties, OldEngine(out List<string> log));
        TaskRun plain = TaskRun.Of(ObservedSdk.CreateTask(nameof(ParseContainerProperties)), Properties, OldEngine(out List<string> plainLog));

        observed.AssertEquals(plain);
        CollectionAssert.AreEqual(plainLog, log);
    }

    /// <summary>MSBuild would have checked this parameter if ours were required.</summary>
    [TestMethod]
    public void Execute_RequiredTextThatIsNotSet_IsTheErrorOfMSBuild()
    {
        var engine = new RecordingBuildEngine();
        Dictionary<string, object> inputs = With(Properties);
        inputs.Remove("ContainerRepository");

        TaskRun run = TaskRun.Of(new ParseContainerProperties(), inputs, engine);

        Assert.IsFalse(run.Result);
        Assert.AreEqual(
            "error MSB4044: The \"ParseContainerProperties\" task was not given a value for the required parameter \"ContainerRepository\".",
            engine.Log.Single());
        Assert.AreEqual("invalid_configuration", engine.Telemetry.Single().Properties["error"]);
    }

    [TestMethod]
    public void Execute_RequiredListThatIsEmpty_ReachesTheTaskOfTheSdk()
    {
        var engine = new RecordingBuildEngine();
        Dictionary<string, object> inputs = With(Inference);
        inputs.Remove("FrameworkReferences");

        Assert.IsTrue(TaskRun.Of(new ComputeDotnetBaseImageAndTag(), inputs, engine).Result);
    }

    [TestMethod]
    public void Execute_InputsThatTheSdkLacks_AreLeftOut()
    {
        var engine = new RecordingBuildEngine();

        TaskRun run = TaskRun.Of(new ComputeDotnetBaseImageAndTag(), With(Inference, ("TargetRuntimeIdentifier", "linux-arm64")), engine);

        Assert.IsTrue(run.Result);
        Assert.AreEqual("linux-x64", engine.Telemetry.Single().Properties["TargetRuntimes"]);
    }

    [TestMethod]
    public void Execute_TaskThatTheSdkLacks_IsAnErrorWithACodeAndARemedy()
    {
        var engine = new RecordingBuildEngine();

        TaskRun run = TaskRun.Of(new ComputeDotnetBaseImageTag(), new Dictionary<string, object>(), engine);

        Assert.IsFalse(run.Result);
        Assert.StartsWith("error CTEL0019: ", engine.Log.Single());
        Assert.Contains("ContainersTelemetryObservation to Bracketed", engine.Log.Single());
    }

    [TestMethod]
    public void Execute_EngineWithoutGlobalProperties_RunsTheTaskUnchanged() =>
        AssertUnaffected(new RecordingBuildEngine { GlobalPropertiesFault = new InvalidOperationException("secret") });

    [TestMethod]
    public void Execute_EngineThatRegistersNoTaskObjects_RunsTheTaskUnchanged() =>
        AssertUnaffected(new RecordingBuildEngine { RegistrationFault = new InvalidOperationException("secret") });

    private static void AssertUnaffected(RecordingBuildEngine faulty)
    {
        Dictionary<string, object> inputs = With(Properties, ("ContainerImageTag", "both"));
        var engine = new RecordingBuildEngine();

        TaskRun observed = TaskRun.Of(new ParseContainerProperties(), inputs, faulty);
        TaskRun plain = TaskRun.Of(ObservedSdk.CreateTask(nameof(ParseContainerProperties)), inputs, engine);

        observed.AssertEquals(plain);
        CollectionAssert.AreEqual(engine.Log.Append(Fault).ToArray(), faulty.Log);
        Assert.IsEmpty(faulty.Telemetry);
    }

    /// <summary>Runs our task and the SDK's in separate builds, and asserts that the builds saw the same apart from telemetry.</summary>
    /// <returns>The build of our task.</returns>
    private static RecordingBuildEngine RunLikeTheSdks<T>(Dictionary<string, object> inputs, Action<ITask>? before = null)
        where T : ObservedTask, new()
    {
        var engine = new RecordingBuildEngine();
        var plainEngine = new RecordingBuildEngine();
        var ours = new T();
        ITask theirs = ObservedSdk.CreateTask(typeof(T).Name);
        before?.Invoke(ours);
        before?.Invoke(theirs);

        TaskRun observed = TaskRun.Of(ours, inputs, engine);
        TaskRun plain = TaskRun.Of(theirs, inputs, plainEngine);

        observed.AssertEquals(plain);
        CollectionAssert.AreEqual(plainEngine.Log, engine.Log);
        return engine;
    }

    private static void AssertEvent(RecordingBuildEngine engine, string name, params (string Key, string Value)[] properties)
    {
        (string raised, Dictionary<string, string> values) = engine.Telemetry.Single();

        Assert.AreEqual(name, raised);
        CollectionAssert.AreEqual(properties, values.Select(property => (property.Key, property.Value)).ToArray());
    }

    private static Dictionary<string, object> With(Dictionary<string, object> inputs, params (string Name, object Value)[] others)
    {
        var all = new Dictionary<string, object>(inputs);
        foreach ((string name, object value) in others)
        {
            all[name] = value;
        }

        return all;
    }

    private static IBuildEngine OldEngine(out List<string> log)
    {
        List<string> lines = [];
        var engine = new Mock<IBuildEngine>();
        engine.Setup(e => e.ProjectFileOfTaskNode).Returns(ObservedSdk.TargetsFile);
        engine.Setup(e => e.LogErrorEvent(It.IsAny<BuildErrorEventArgs>())).Callback((BuildErrorEventArgs e) => lines.Add(e.Message!));
        engine.Setup(e => e.LogWarningEvent(It.IsAny<BuildWarningEventArgs>())).Callback((BuildWarningEventArgs e) => lines.Add(e.Message!));
        engine.Setup(e => e.LogMessageEvent(It.IsAny<BuildMessageEventArgs>())).Callback((BuildMessageEventArgs e) => lines.Add(e.Message!));
        log = lines;
        return engine.Object;
    }

    /// <summary>The host object of Visual Studio, which a task asks for the credentials of a publish profile.</summary>
    private sealed class CredentialHost : ITaskHost
    {
        public bool WasAsked { get; private set; }

        public string QueryAllTaskItems()
        {
            WasAsked = true;
            return "[]";
        }
    }
}
