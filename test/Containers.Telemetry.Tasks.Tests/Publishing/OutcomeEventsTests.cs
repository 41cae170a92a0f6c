using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Failures;
using Containers.Telemetry.Observation;

namespace Containers.Telemetry.Publishing;

[TestClass]
public sealed class OutcomeEventsTests
{
    private static readonly ImageTransfer ToRegistry = new()
    {
        BaseRegistry = "mcr.microsoft.com",
        OutputRegistry = "contoso.azurecr.io",
        RuntimeIdentifier = "linux-s390x",
    };

    [TestMethod]
    public void Success_ToARegistry_NamesBothKinds() =>
        AssertProperties(OutcomeEvents.Success(ToRegistry), ("RemotePullType", "MCR"), ("RemotePushType", "Azure"));

    [TestMethod]
    public void Success_ToAnArchive_IsATarballWhateverElseIsSet() =>
        AssertProperties(
            OutcomeEvents.Success(ToRegistry with { ArchiveOutputPath = "/home/alice/app.tar.gz", LocalRegistry = "Docker" }),
            ("RemotePullType", "MCR"),
            ("LocalPushType", "Tarball"));

    [TestMethod]
    public void Success_ToTheLocalRegistryTheSdkFound_NamesIt()
    {
        using TaskObservation seen = Seen(EventNames.Success, ("LocalPushType", "Podman"));

        AssertProperties(OutcomeEvents.Success(ToRegistry with { OutputRegistry = "" }, seen), ("RemotePullType", "MCR"), ("LocalPushType", "Podman"));
    }

    [TestMethod]
    [DataRow("Wslc")]
    [DataRow("MacOSContainer")]
    public void Success_ToARuntimeOfTheSystem_IsNamedAsTheSdkDoesInItsChannelAlone(string runtime)
    {
        ContainerEvent success = OutcomeEvents.Success(ToRegistry with { OutputRegistry = "", LocalRegistry = runtime });

        Assert.AreEqual(runtime, success.Find(OutcomeFields.LocalPushType));
        AssertProperties(success, ("RemotePullType", "MCR"), ("LocalPushType", "Unknown"));
    }

    [TestMethod]
    public void Success_BetweenRegistriesOfNoKnownKind_NamesTheirProductsToTheUsersOwnSinksAlone()
    {
        ContainerEvent success = OutcomeEvents.Success(new ImageTransfer { BaseRegistry = "alice.jfrog.io", OutputRegistry = "192.168.17.23:5000" });

        Assert.AreEqual("JFrog", success.Find(DetailFields.PullRegistryProduct));
        Assert.AreEqual("PrivateNetwork", success.Find(DetailFields.PushRegistryProduct));
        AssertProperties(success, ("RemotePullType", "Other"), ("RemotePushType", "Other"));
    }

    [TestMethod]
    public void Failure_AtARegistryOfTheUsers_NamesNoPartOfIt()
    {
        ContainerEvent failure = OutcomeEvents.Create(
            new ImageTransfer { BaseRegistry = "alice.example", OutputRegistry = "alice.jfrog.io" },
            new Failure(ErrorKind.Timeout, TransferDirection.Push, null, null, null));

        Assert.AreEqual("Other", failure.Find(DetailFields.PullRegistryProduct));
        Assert.DoesNotContain("alice", PreviewFormat.Json(failure));
    }

    [TestMethod]
    public void Success_BetweenRegistriesOfAKind_HasNoProducts()
    {
        ContainerEvent success = OutcomeEvents.Success(ToRegistry);

        Assert.IsNull(success.Find(DetailFields.PullRegistryProduct));
        Assert.IsNull(success.Find(DetailFields.PushRegistryProduct));
    }

    [TestMethod]
    public void Success_ToALocalRegistryOfTheUsers_IsNotNamed() =>
        AssertProperties(OutcomeEvents.Success(ToRegistry with { OutputRegistry = "", LocalRegistry = "alice's" }), ("RemotePullType", "MCR"));

    [TestMethod]
    public void Failure_NoLocalRegistryAtAll_NamesNone()
    {
        using TaskObservation seen = Seen(EventNames.Error, ("LocalPushType", "Docker"), ("error", "missing_binary"));

        AssertProperties(
            OutcomeEvents.Failure(
                ToRegistry with { OutputRegistry = "" }, new Failure(ErrorKind.MissingBinary, TransferDirection.Push, null, null, null), seen),
            ("RemotePullType", "MCR"),
            ("error", "missing_binary"),
            ("direction", "push"));
    }

    [TestMethod]
    public void Failure_RidMismatch_NamesTheRuntimesThatTheSdkNamed()
    {
        using TaskObservation seen = Seen(EventNames.Error, ("target_rid", "linux-riscv64"), ("available_rids", "linux-x64,contoso-os"));

        AssertProperties(
            OutcomeEvents.Failure(ToRegistry, new Failure(ErrorKind.RidMismatch, TransferDirection.Pull, null, null, null), seen),
            ("RemotePullType", "MCR"),
            ("RemotePushType", "Azure"),
            ("error", "rid_mismatch"),
            ("direction", "pull"),
            ("target_rid", "linux-riscv64"),
            ("available_rids", "linux-x64,other"));
    }

    /// <summary>An index that contains only attestations is for no runtime. The SDK reports this as an empty text.</summary>
    [TestMethod]
    public void Failure_RidMismatchOfABaseImageForNoRuntime_NamesNoneThatIsAvailable()
    {
        using TaskObservation seen = Seen(EventNames.Error, ("target_rid", "linux-x64"), ("available_rids", ""));

        AssertProperties(
            OutcomeEvents.Failure(ToRegistry, new Failure(ErrorKind.RidMismatch, TransferDirection.Pull, null, null, null), seen),
            ("RemotePullType", "MCR"),
            ("RemotePushType", "Azure"),
            ("error", "rid_mismatch"),
            ("direction", "pull"),
            ("target_rid", "linux-x64"));
    }

    [TestMethod]
    public void Failure_RidMismatchThatTheSdkDidNotReport_NamesTheRuntimeAskedFor() =>
        AssertProperties(
            OutcomeEvents.Failure(ToRegistry, new Failure(ErrorKind.RidMismatch, TransferDirection.Pull, "CONTAINER1011", null, null)),
            ("RemotePullType", "MCR"),
            ("RemotePushType", "Azure"),
            ("error", "rid_mismatch"),
            ("direction", "pull"),
            ("target_rid", "linux-s390x"));

    [TestMethod]
    public void Failure_AnyOther_NamesNoRuntimes()
    {
        using TaskObservation seen = Seen(EventNames.Error, ("target_rid", "linux-riscv64"), ("available_rids", "linux-x64"));

        AssertProperties(
            OutcomeEvents.Failure(ToRegistry, new Failure(ErrorKind.InvalidPort, TransferDirection.None, null, null, null), seen),
            ("RemotePullType", "MCR"),
            ("RemotePushType", "Azure"),
            ("error", "invalid_port"));
    }

    [TestMethod]
    [DataRow(ErrorKind.Timeout, "error")]
    [DataRow(ErrorKind.Canceled, "canceled")]
    [DataRow(ErrorKind.Unfinished, "unfinished")]
    public void Failure_Details_AreForTheUsersOwnSinks(ErrorKind kind, string outcome)
    {
        var reason = new Failure(kind, TransferDirection.Push, "CONTAINER1013", 408, "TimeoutException");

        ContainerEvent failure = OutcomeEvents.Create(ToRegistry, reason, scope: "image");

        Assert.AreEqual("image", failure.Find(DetailFields.Scope));
        Assert.AreEqual(outcome, failure.Find(DetailFields.Outcome));
        Assert.AreEqual("CONTAINER1013", failure.Find(DetailFields.ErrorCode));
        Assert.AreEqual(408L, failure.Find(DetailFields.HttpStatus));
        Assert.AreEqual("TimeoutException", failure.Find(DetailFields.ExceptionType));
    }

    [TestMethod]
    [DataRow("mcr.microsoft.com/dotnet/aspnet:10.0", "mcr.microsoft.com")]
    [DataRow("contoso/my app", "docker.io")]
    [DataRow("NOT VALID", null)]
    [DataRow("", null)]
    public void RegistryOf_BaseImage_IsItsRegistry(string image, string? expected) => Assert.AreEqual(expected, ImageTransfer.RegistryOf(image));

    private static TaskObservation Seen(string name, params (string Key, string Value)[] properties)
    {
        var seen = new TaskObservation();
        seen.OnSdkEvent(name, properties.ToDictionary(property => property.Key, property => property.Value));
        return seen;
    }

    private static void AssertProperties(ContainerEvent containerEvent, params (string Key, string Value)[] expected) =>
        CollectionAssert.AreEqual(expected, SdkFormat.Properties(containerEvent).Select(property => (property.Key, property.Value)).ToArray());
}
