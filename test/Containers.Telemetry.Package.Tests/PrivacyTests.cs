using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Containers.Telemetry.EventRecorder;
using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.Package.Tests.Sinks;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests;

/// <summary>
/// A unique word is in every value that a user can choose. Whatever the outcome of the publish, no collected event contains the word: raised, shown,
/// stored, queued or sent.
/// </summary>
[TestClass]
public sealed class PrivacyTests
{
    private const string WithFamily = "A success with a family and credentials of the environment";

    // The SDK raises its own events during a preview of this publish, too; they are not the package's.
    private const string ByUnknownTasks = "A push that is refused, by tasks that are not known";

    // The word is valid in every grammar: hosts, repositories, tags, identifiers, files and variables.
    private static readonly string Word = "zq" + RandomNumberGenerator.GetHexString(10, lowercase: true);

    // Secrets must not even be in a log, though a log contains many of the user's words: credentials of the endpoint, and a key.
    private static readonly string Secret = "zs" + RandomNumberGenerator.GetHexString(10, lowercase: true);
    private static readonly string ProjectKey = "zk" + RandomNumberGenerator.GetHexString(20, lowercase: true);

    private static readonly string Repository = $"{Word}team/{Word}app";
    private static readonly string Host = $"{Word}.azurecr.io";

    private static readonly ProjectShape Shape = new()
    {
        Name = Word + "project",
        Properties =
        [
            new("Authors", Word + "author"),
            new("Description", Word + "description"),
            new("ContainerUser", Word + "user"),
            new("ContainerWorkingDirectory", $"/{Word}folder"),
        ],
        Content = $"""
              <ItemGroup>
                <ContainerLabel Include="{Word}.label" Value="{Word}labelvalue" />
                <ContainerEnvironmentVariable Include="{Word}VARIABLE" Value="{Word}variablevalue" />
                <ContainerPort Include="80" Type="$(PortType)" Condition="'$(PortType)' != ''" />
                <ContainersTelemetryDimension Include="team" Value="payments" />
                <ContainersTelemetryDimension Include="{Word}.dimension" Value="payments" />
                <ContainersTelemetryDimension Include="stage" Value="{Word} dimension" />
                <LoggedDimension Include="{Word}undeclared" Value="payments" />
                <LoggedDimension Include="team" Value="{Word}/dimension" />
              </ItemGroup>
              <Target Name="LogUsage" BeforeTargets="ComputeContainerBaseImage" DependsOnTargets="ContainersTelemetryInitialize" Condition="'$(ContainersTelemetryEnabled)' == 'true'">
                <LogContainerTelemetry Kind="{Word}" Outcome="{Word}" Error="{Word}" HttpStatus="{Word}" ExitCode="{Word}" Duration="{Word}" Dimensions="@(LoggedDimension)" />
              </Target>
            """,
        Files =
        [
            new(".git/HEAD", $"ref: refs/heads/{Word}branch\n"),
            new($".git/refs/heads/{Word}branch", new string('a', 40) + "\n"),
            new(
                ".git/config",
                $"[core]\n\trepositoryformatversion = 0\n[remote \"origin\"]\n\turl = https://{Word}name:{Word}password@{Word}.example/{Word}/{Word}.git\n"),
            new(".git/objects/info/packs", ""),
        ],
    };

    private static readonly Dictionary<string, Scenario> Scenarios = new[]
    {
        Publish(WithFamily, ("ContainerFamily", Word + "family")) with
        {
            Arrange = stage =>
            {
                Surround(stage);
                BaseImages.Seed(stage.Registry, "dotnet/runtime", $"10.0-{Word}family", host: "mcr.microsoft.com");
                stage.Registry.RequireCredentials(Repository, Word + "name", Word + "password");
                stage.Variables["DOTNET_CONTAINER_REGISTRY_UNAME"] = Word + "name";
                stage.Variables["DOTNET_CONTAINER_REGISTRY_PWORD"] = Word + "password";
            },
        },
        Publish("A success with a base image on MCR and credentials of docker", ("ContainerBaseImage", $"mcr.microsoft.com/{Word}/base:{Word}basetag")) with
        {
            Arrange = stage =>
            {
                Surround(stage);
                BaseImages.Seed(stage.Registry, Word + "/base", Word + "basetag", host: "mcr.microsoft.com");
                stage.Registry.RequireCredentials(Repository, Word + "name", Word + "password");
                string credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Word}name:{Word}password"));
                string docker = Directory.CreateDirectory(Path.Combine(stage.Variables["HOME"], ".docker")).FullName;
                File.WriteAllText(Path.Combine(docker, "config.json"), $$"""{ "auths": { "{{Host}}": { "auth": "{{credentials}}" } } }""");
            },
        },
        Refused("A push that is refused", FaultDirection.Push, FaultEffect.Status(403, Word + "body")),
        BracketTests.Bracketed(Refused(ByUnknownTasks, FaultDirection.Push, FaultEffect.Status(403, Word + "body"))),
        Refused("A push that meets a broken registry", FaultDirection.Push, FaultEffect.Status(500, Word + "body")),
        Refused("A push without credentials", FaultDirection.Push, FaultEffect.Unauthorized(ChallengeScheme.Bearer, Word + "body")),
        Publish("A manifest that is no JSON", ("ContainerBaseImage", $"{Word}.example/{Word}/base:{Word}basetag")) with
        {
            Arrange = stage =>
            {
                Surround(stage);
                BaseImages.Seed(stage.Registry, Word + "/base", Word + "basetag");
                stage.Registry.Faults.Set(
                    Word + "/base", new Fault(FaultDirection.Pull, FaultEffect.NotJson(Word + "page")) { Steps = TransferSteps.Manifest });
            },
            Succeeds = false,
        },
        Publish("A host that nobody finds", ("ContainerBaseImage", $"{Word}.invalid/base:1")) with
        {
            Arrange = stage =>
            {
                Surround(stage);
                stage.Proxy.Map(ProxyRoute.Unknown, Word + ".invalid");
            },
            Succeeds = false,
        },
        Publish("A runtime that nobody knows", ("ContainerRuntimeIdentifier", Word + "-x64")) with { Succeeds = false },
        Publish("A tag that is none", ("ContainerImageTag", $"-{Word}tag")) with { Succeeds = false },
        Publish("A port type that is none", ("PortType", Word + "type")) with { Succeeds = false },
        Publish("A registry that is none", ("ContainerImageTag", Word + "tag")) with { Registry = $"{Word} registry", Succeeds = false },
        Publish("An archive", ("ContainerArchiveOutputPath", $"{Word}out/image.tar.gz")) with { Registry = null },
        Publish("A docker that fails to load", ("LocalRegistry", "Docker")) with
        {
            Arrange = stage =>
            {
                Surround(stage);
                stage.UsePrograms((ContainerCli.Docker, ContainerCliBehavior.LoadFails(Word + "error")));
            },
            Registry = null,
            Succeeds = false,
        },
    }.ToDictionary(scenario => scenario.Name, StringComparer.Ordinal);

    // One for all publishes, because a server uses its first one until it ends.
    private static readonly TemporaryFolder Temporary = new();

    public static IEnumerable<object[]> Names => Scenarios.Keys.Where(name => name != ByUnknownTasks).Select(name => new object[] { name });

    [ClassCleanup]
    public static async Task EndServersAsync()
    {
        await WarmStage.EndAsync(nameof(PrivacyTests));
        Temporary.Dispose();
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    [DataRow(ByUnknownTasks)]
    public async Task No_collected_event_contains_a_word_of_the_user(string name)
    {
        await using UserSinks sinks = await UserSinks.CreateAsync();

        // The endpoint receives every event, and every event stays in the outbox.
        sinks.Receiver.Otherwise = ReceiverBehavior.Status(503, retryAfter: "0");
        Scenario scenario = Scenarios[name];

        PublishResult raised = await PublishAsync(scenario, sinks);

        AssertPlanted(scenario, raised);
        AssertClean(raised.ContainerEvents.Select(ScenarioRun.Describe));
        AssertClean(MessagesOfOurs(raised));
        AssertClean(sinks.Stored);
        AssertClean(sinks.Queued);
        AssertClean(sinks.Configuration);
        AssertClean(sinks.Received);
        await AssertLogIsFreeOfSecretsAsync(raised, sinks);
        CollectionAssert.IsSubsetOf(
            new[] { "CTEL0013", "CTEL0015", "CTEL0017" },
            raised.Warnings.Select(warning => warning.Code).ToArray(),
            "The package did not warn of the values that are not allowed.");
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public async Task No_preview_contains_a_word_of_the_user(string name)
    {
        await using UserSinks sinks = await UserSinks.CreateAsync();
        Scenario scenario = Scenarios[name];

        PublishResult shown = await PublishAsync(scenario with { Properties = [.. scenario.Properties, (PreviewFile.Property, "true")] }, sinks);

        AssertPlanted(scenario, shown);
        AssertClean(MessagesOfOurs(shown));
        AssertClean(await File.ReadAllLinesAsync(PreviewFile.PathOf(shown, Shape.Name)));
        AssertClean(sinks.Configuration);
        await AssertLogIsFreeOfSecretsAsync(shown, sinks);
        Assert.IsEmpty(shown.ContainerEvents);
        Assert.IsEmpty(sinks.Stored);
        Assert.IsEmpty(sinks.Queued);
        Assert.IsEmpty(sinks.Received);
    }

    [TestMethod]
    public async Task No_file_contains_a_word_of_the_user_after_delivery()
    {
        await using UserSinks sinks = await UserSinks.CreateAsync();

        PublishResult result = await PublishAsync(Scenarios[WithFamily], sinks);

        await AssertLogIsFreeOfSecretsAsync(result, sinks);
        AssertClean(sinks.Received);
        AssertClean(sinks.Stored);
        AssertClean(sinks.Queued);
        Assert.IsTrue(sinks.Receiver.Requests.All(request => request.IsAccepted));

        // The owner's collector receives the owner's secrets.
        foreach (ReceivedRequest request in sinks.Receiver.Requests)
        {
            Assert.AreEqual(Secret + "value", request.Headers[$"x-{Secret}"]);
            Assert.AreEqual("Basic " + UserSinks.Credentials, request.Headers["Authorization"]);
            Assert.AreEqual("?key=" + Secret, request.Query);
        }
    }

    /// <summary>A log shows the value of a property, but the package must not log it again as a parameter.</summary>
    [TestMethod]
    public async Task Endpoint_of_a_property_is_not_a_logged_parameter()
    {
        await using UserSinks sinks = await UserSinks.CreateAsync();
        Scenario scenario = Scenarios[WithFamily];

        PublishResult result = await PublishAsync(
            scenario with
            {
                Properties = [.. scenario.Properties, ("ContainersTelemetryEndpoint", sinks.Endpoint), ("ContainersTelemetryProtocol", "http/json")],
            },
            sinks);

        Assert.IsNotEmpty(sinks.Receiver.Requests);
        AssertIsNoParameter(Secret, result);
        AssertIsNoParameter(ProjectKey, result);
        AssertClean(MessagesOfOurs(result));
    }

    /// <summary>An unknown protocol: no message contains its text, and all events stay in the outbox.</summary>
    [TestMethod]
    public async Task Invalid_protocol_is_in_no_message_and_no_file()
    {
        await using UserSinks sinks = await UserSinks.CreateAsync();
        Scenario scenario = Scenarios[WithFamily];

        PublishResult result = await PublishAsync(
            scenario with
            {
                Properties = [.. scenario.Properties, ("ContainersTelemetryEndpoint", sinks.Endpoint), ("ContainersTelemetryProtocol", Word + "protocol")],
            },
            sinks);

        Assert.Contains("CTEL0021", result.Warnings.Select(warning => warning.Code).ToArray());
        AssertClean(MessagesOfOurs(result));
        AssertClean(sinks.Stored);
        AssertClean(sinks.Queued);
        Assert.IsNotEmpty(sinks.Queued);
        Assert.IsEmpty(sinks.Receiver.Requests);
    }

    /// <summary>The word is in the SDK's own events, so the package could have collected it.</summary>
    [TestMethod]
    public async Task Events_of_the_SDK_contain_a_word_of_the_user()
    {
        PublishResult without = await ScenarioRun.PublishWithoutPackageAsync(Scenarios[WithFamily]);

        Assert.Contains(Word, string.Join('\n', without.ContainerEvents.Select(ScenarioRun.Describe)));
    }

    private static async Task<PublishResult> PublishAsync(Scenario scenario, UserSinks sinks) =>
        await ScenarioRun.PublishWarmAsync(scenario with { Arguments = [.. scenario.Arguments, $"-bl:{sinks.Log}"] }, await PackageUnderTest.Feed, sinks.Of);

    private static Scenario Publish(string name, params (string Name, string Value)[] properties) => new(name)
    {
        Shape = Shape,
        Arrange = Surround,
        Registry = Host,
        Properties = [("ContainerRepository", Repository), .. properties],
        Servers = nameof(PrivacyTests),
    };

    private static Scenario Refused(string name, FaultDirection direction, FaultEffect effect) => Publish(name, ("ContainerImageTag", Word + "tag")) with
    {
        Arrange = stage =>
        {
            Surround(stage);
            stage.Registry.Faults.Set(Repository, new Fault(direction, effect));
        },
        Succeeds = false,
    };

    /// <summary>Puts the word into the surroundings of a publish: user, folders, and the variables of CI services and agents.</summary>
    private static void Surround(ScenarioStage stage)
    {
        string home = Directory.CreateDirectory(Path.Combine(stage.Folder, Word + "home")).FullName;
        string temporary = Directory.CreateDirectory(Temporary.Combine(Word + "tmp")).FullName;
        foreach (string variable in new[] { "HOME", "USERPROFILE", "DOTNET_CLI_HOME" })
        {
            stage.Variables[variable] = home;
        }

        foreach (string variable in new[] { "TMPDIR", "TMP", "TEMP" })
        {
            stage.Variables[variable] = temporary;
        }

        string[] variables =
        [
            "USER", "USERNAME", "LOGNAME", "HOSTNAME", "COMPUTERNAME", "BUILD_ID", "BUILD_URL", "JENKINS_URL", "PROJECT_ID", "GITHUB_REPOSITORY",
            "CI_NAME", "AGENT_CLI", "AI_AGENT",
        ];
        foreach (string variable in variables)
        {
            stage.Variables[variable] = Word + variable;
        }
    }

    /// <summary>Fails unless the publish really used the word: in the project, and in each of the scenario's settings with it.</summary>
    private static void AssertPlanted(Scenario scenario, PublishResult result)
    {
        Assert.AreEqual(scenario.Succeeds, result.ExitCode == 0, result.StandardOutput);
        Assert.Contains(Word, File.ReadAllText(Path.Combine(result.ProjectFolder, ".git", "config")));
        string log = string.Join('\n', result.Events.Select(e => e.Text));
        foreach (string planted in scenario.Properties.Select(p => p.Value).Where(value => value.Contains(Word, StringComparison.Ordinal)).Append(Shape.Name))
        {
            Assert.IsTrue(log.Contains(planted, StringComparison.Ordinal), $"{planted} is not in the log of the build.");
        }
    }

    /// <summary>
    /// Fails if a log contains a secret of the owner's endpoint, or the project key as a parameter. A user may give a log to others.
    /// </summary>
    private static async Task AssertLogIsFreeOfSecretsAsync(PublishResult result, UserSinks sinks)
    {
        await using var unzipped = new GZipStream(File.OpenRead(sinks.Log), CompressionMode.Decompress);
        using var log = new StreamReader(unzipped, Encoding.Latin1);
        Assert.IsFalse(
            (await log.ReadToEndAsync()).Contains(Secret, StringComparison.OrdinalIgnoreCase),
            "The binary log contains a secret from the exporter's variables.");
        Assert.IsFalse(result.StandardOutput.Contains(Secret, StringComparison.OrdinalIgnoreCase), result.StandardOutput);
        AssertIsNoParameter(ProjectKey, result);
    }

    private static void AssertIsNoParameter(string secret, PublishResult result)
    {
        RecordedEvent[] parameters = [.. result.Events.Where(e => e.Kind == RecordedKind.Parameter)];
        Assert.IsTrue(parameters.Any(parameter => parameter.Text!.Contains("payments", StringComparison.Ordinal)), "The log has no parameters.");
        Assert.IsFalse(parameters.Any(parameter => parameter.Text!.Contains(secret, StringComparison.Ordinal)), "The log contains a secret as a parameter.");
    }

    private static IEnumerable<string> MessagesOfOurs(PublishResult result) => result.Events
        .Where(e => e.Sender == "Containers.Telemetry" || e.Code?.StartsWith("CTEL", StringComparison.Ordinal) == true)
        .Select(e => e.Text!);

    private static void AssertClean(IEnumerable<string> collected)
    {
        string all = string.Join('\n', collected);
        Assert.AreNotEqual("", all);
        foreach (string word in new[] { Word, Secret, ProjectKey, UserSinks.Credentials })
        {
            Assert.IsFalse(all.Contains(word, StringComparison.OrdinalIgnoreCase), all);
        }
    }

    /// <summary>The user's sinks. Their paths and addresses contain the word and the secrets.</summary>
    private sealed class UserSinks : IAsyncDisposable
    {
        private static readonly string[] HeadersOfTheOwner = ["Authorization", $"x-{Secret}"];

        private readonly TemporaryFolder _folder = new();

        private UserSinks(OtlpReceiver receiver) => Receiver = receiver;

        /// <summary>The endpoint's credentials as a header has them.</summary>
        public static string Credentials { get; } = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Secret}name:{Secret}password"));

        public OtlpReceiver Receiver { get; }

        /// <summary>The address of the receiver, with credentials.</summary>
        public string Endpoint =>
            new UriBuilder(Receiver.Address) { UserName = Secret + "name", Password = Secret + "password", Query = "key=" + Secret }.Uri.AbsoluteUri;

        /// <summary>Full path of the binary log.</summary>
        public string Log => _folder.Combine("msbuild.binlog");

        public string[] Stored => Contents(Path.Combine(Store, "events"));

        public string[] Queued => Contents(Path.Combine(Store, "outbox"));

        public string[] Configuration => Contents(_folder.Combine(Word + "config", "containers-telemetry"));

        /// <summary>Received paths, headers and bodies, without the headers that the owner has set.</summary>
        public string[] Received =>
        [
            .. Receiver.Requests.SelectMany(request => request.Headers
                .Where(header => !HeadersOfTheOwner.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
                .Select(header => $"{header.Key}: {header.Value}")
                .Append(request.Path)
                .Append(request.Text)),
        ];

        private string Store => _folder.Combine(Word + "store");

        public static async Task<UserSinks> CreateAsync() => new(await OtlpReceiver.StartAsync());

        /// <summary>Adds this user's settings to a request.</summary>
        public PublishRequest Of(PublishRequest request) => PatientExport.Of(request with
        {
            Properties =
            [
                .. request.Properties,
                new("ContainersTelemetryStore", Store),
                new("ContainersTelemetryProjectKey", ProjectKey),
            ],
            Environment = user => request.Environment(user)
                .With("XDG_CONFIG_HOME", _folder.Combine(Word + "config"))
                .With("APPDATA", _folder.Combine(Word + "config"))
                .With("OTEL_EXPORTER_OTLP_ENDPOINT", Endpoint)
                .With("OTEL_EXPORTER_OTLP_HEADERS", $"x-{Secret}={Secret}value")
                .With("OTEL_RESOURCE_ATTRIBUTES", Word + " is no list")
                .With("TRACEPARENT", $"00-{Word}-{Word}-01")
                .With("TRACESTATE", $"vendor={Word}"),
        });

        public async ValueTask DisposeAsync()
        {
            await Receiver.DisposeAsync();
            _folder.Dispose();
        }

        // Includes the paths below the folder: a file name can reveal as much as the content.
        private static string[] Contents(string folder) =>
            [.. UserFolders.Files(folder).SelectMany(file => new[] { Path.GetRelativePath(folder, file), File.ReadAllText(file) })];
    }
}
