using Containers.Telemetry.Consent;
using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests;

/// <summary>The first-run notice, and who does not see it.</summary>
[TestClass]
public sealed class FirstUseTests
{
    private const string FirstWords = "Containers.Telemetry observes";

    [TestMethod]
    [NeedsTmux]
    [DataRow("-tl:on")]
    [DataRow("-tl:auto")]
    [DataRow("-tl:off")]
    public async Task Notice_comes_once_after_the_output_of_the_build(string logger)
    {
        await using Publisher publisher = await Publisher.CreateAsync();

        // Publishes twice, because the output of the first publish has the dotnet CLI's welcome message and uploads layers that the registry lacks.
        await publisher.PublishWithoutPackageAsync([logger]);
        string without = await publisher.PublishWithoutPackageAsync([logger]);
        string first = await publisher.PublishAsync([logger]);
        string second = await publisher.PublishAsync([logger]);

        int notice = first.IndexOf(FirstWords, StringComparison.Ordinal);
        Assert.IsGreaterThan(0, notice, first);
        Assert.AreEqual(WithoutNumbers(without), WithoutNumbers(first[..notice]), "The notice changes what the build shows.");
        Assert.AreEqual(Notice.Text(publisher.Store, endpointHosts: []).Trim(), first[notice..].Trim());
        Assert.AreEqual(WithoutNumbers(without), WithoutNumbers(second));
        Assert.IsTrue(publisher.NoticeWasMarked);
    }

    [TestMethod]
    [NeedsTmux]
    [DataRow("GITHUB_ACTIONS", "true", "")]
    [DataRow("DOTNET_NOLOGO", "1", "")]
    [DataRow("DOTNET_NOLOGO", "true", "")]
    [DataRow("CONTAINERS_TELEMETRY_OPTOUT", "1", "")]
    [DataRow("CONTAINERS_TELEMETRY_OPTOUT", "0", "", DisplayName = "An explicit yes")]
    [DataRow("DO_NOT_TRACK", "1", "")]
    [DataRow(null, null, "-v:q")]
    [DataRow(null, null, "--verbosity quiet")]
    [DataRow(null, null, "-noconlog")]
    [DataRow(null, null, "-p:ContainersTelemetry=true")]
    [DataRow(null, null, "-p:ContainersTelemetryPreview=true")]
    [DataRow(null, null, "-p:ContainersTelemetryConsent=Required")]
    public async Task Notice_is_not_shown_after_a_choice_in_CI_or_in_a_quiet_build(string? variable, string? value, string arguments)
    {
        await using Publisher publisher = await Publisher.CreateAsync();

        string screen = await publisher.PublishAsync(
            arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), user => variable is null ? user : user.With(variable, value));

        Assert.DoesNotContain(FirstWords, screen);
        Assert.IsFalse(publisher.NoticeWasMarked);
    }

    [TestMethod]
    [NeedsTmux]
    [DataRow("| cat")]
    [DataRow("2>&1 | cat")]
    [DataRow("2>errors")]
    public async Task Redirected_output_has_no_notice(string redirection)
    {
        await using Publisher publisher = await Publisher.CreateAsync();

        string screen = await publisher.PublishAsync([], redirection: redirection);

        Assert.DoesNotContain(FirstWords, screen);
        Assert.IsFalse(publisher.NoticeWasMarked);
    }

    /// <summary>Times and digests differ from build to build, and so do the positions of line breaks.</summary>
    private static string WithoutNumbers(string screen) => string.Concat(screen.Where(c => !char.IsAsciiHexDigitLower(c) && !char.IsWhiteSpace(c)));

    /// <summary>A user with a project, a registry and a terminal, and without any telemetry setting.</summary>
    private sealed class Publisher(ScenarioStage stage, GeneratedProject project) : IAsyncDisposable
    {
        private string Configuration => Path.Combine(project.Home, "configuration");

        public string Store => Path.Combine(project.Home, ".local", "share", "containers-telemetry");

        public bool NoticeWasMarked => File.Exists(Path.Combine(Configuration, "containers-telemetry", "notice"));

        public static async Task<Publisher> CreateAsync()
        {
            ScenarioStage stage = await ScenarioStage.SetAsync(PackageUnderTest.Authority);
            return new Publisher(
                stage, await PackageUnderTest.Workspace.GenerateAsync(new ProjectShape { Package = PackageStyle.Direct, Feed = await PackageUnderTest.Feed }));
        }

        /// <summary>Publishes in the terminal; returns the resulting screen.</summary>
        public async Task<string> PublishAsync(string[] arguments, Func<DotnetEnvironment, DotnetEnvironment>? change = null, string redirection = "")
        {
            DotnetEnvironment environment = stage.Environment(project.Environment.WithTelemetryUndecided())
                .With("DOTNET_NOLOGO", null)
                .With("XDG_CONFIG_HOME", Configuration);
            (int exitCode, string screen) = await Tmux.RunAsync(
                change is null ? environment : change(environment),
                project.Folder,
                [
                    "publish", project.EntryPoint, "-c", "Release", "--no-build", "-t:PublishContainer",
                    $"-p:ContainerRegistry={stage.Registry.Authority}", .. arguments,
                ],
                redirection);
            Assert.AreEqual(0, exitCode, screen);
            return screen;
        }

        public Task<string> PublishWithoutPackageAsync(string[] arguments) =>
            PublishAsync(arguments, PackageUnderTest.WithoutPackage);

        public ValueTask DisposeAsync() => stage.DisposeAsync();
    }
}
