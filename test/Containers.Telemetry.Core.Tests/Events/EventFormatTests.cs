using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Events;

[TestClass]
public sealed class EventFormatTests
{
    [TestMethod]
    public void Inference_InTheSdksChannel_HasTheFormatOfTheSdk() =>
        AssertProperties(
            Inference(),
            ("InferencePerformed", "True"),
            ("TargetFramework", "10.0"),
            ("BaseImage", "mcr.microsoft.com/dotnet/aspnet"),
            ("BaseImageTag", "10.0-noble-chiseled"),
            ("ContainerFamily", "noble-chiseled"),
            ("ProjectType", "AspNetCore"),
            ("PublishMode", "FrameworkDependent"),
            ("IsInvariant", "False"),
            ("TargetRuntimes", "linux-x64;linux-arm64"));

    [TestMethod]
    public void Error_InTheSdksChannel_HasTheFormatOfTheSdk() =>
        AssertProperties(
            RidMismatch(),
            ("RemotePullType", "MCR"),
            ("LocalPushType", "Docker"),
            ("error", "rid_mismatch"),
            ("direction", "pull"),
            ("target_rid", "linux-s390x"),
            ("available_rids", "linux-x64,linux-arm64"));

    [TestMethod]
    public void Details_AreNeverInTheSdksChannel()
    {
        var details = new ContainerEvent(EventNames.Success);
        foreach (EventField field in EventSchema.Fields.Except(InferenceFields.All).Except(OutcomeFields.All))
        {
            Examples.Set(details, field);
        }

        Assert.IsNotEmpty(details.Values);
        Assert.IsEmpty(SdkFormat.Properties(details));
    }

    [TestMethod]
    public void Values_ThatAreAbsent_AreLeftOutEverywhere()
    {
        var empty = new ContainerEvent(EventNames.Success);
        empty.Set(OutcomeFields.RemotePullType, (string?)null);
        empty.Set(OutcomeFields.AvailableRids, []);
        empty.Set(DetailFields.HttpStatus, (long?)null);
        empty.Set(DetailFields.ImageSize, -1L);
        empty.SetBaseImage("contoso.example/app", "10.0");

        Assert.IsEmpty(empty.Values);
        Assert.IsEmpty(SdkFormat.Properties(empty));
        Assert.AreEqual("""{"Event":"sdk/container/publish/success"}""", PreviewFormat.Json(empty));
    }

    [TestMethod]
    public void Values_OfAnotherKindThanTheField_AreAMistakeThatADebugBuildReports()
    {
        var wrong = new ContainerEvent(EventNames.Success);
        Action[] mistakes =
        [
            () => wrong.Set(InferenceFields.IsInvariant, "true"),
            () => wrong.Set(InferenceFields.IsInvariant, 1L),
            () => wrong.Set(DetailFields.LayerCount, true),
            () => wrong.Set(DetailFields.LayerCount, "1"),
            () => wrong.Set(DetailFields.LayerCount, Guid.Empty),
            () => wrong.Set(DetailFields.EventId, DateTimeOffset.UnixEpoch),
            () => wrong.Set(DetailFields.Time, Guid.Empty),
            () => wrong.Set(OutcomeFields.Error, ["timeout"]),
            () => wrong.Set(InferenceFields.BaseImageTag, "10.0"),
        ];

        foreach (Action mistake in mistakes)
        {
#if DEBUG
            Assert.ThrowsExactly<ArgumentException>(mistake);
#else
            mistake();
#endif
        }

        Assert.IsEmpty(wrong.Values);
    }

    [TestMethod]
    public void Field_SetTwice_HasItsLastValueOnce()
    {
        var twice = new ContainerEvent(EventNames.Success);
        twice.Set(DetailFields.LayerCount, 1L);
        twice.Set(DetailFields.Outcome, "success");
        twice.SetBaseImage("mcr.microsoft.com/dotnet/runtime", "9.0");

        twice.SetBaseImage("mcr.microsoft.com/dotnet/aspnet", "10.0");
        twice.Set(DetailFields.LayerCount, 2L);
        twice.Set(DetailFields.Outcome, "not an outcome");

        Assert.AreEqual(
            """{"Event":"sdk/container/publish/success","LayerCount":2,"Outcome":"success","BaseImage":"mcr.microsoft.com/dotnet/aspnet","BaseImageTag":"10.0"}""",
            PreviewFormat.Json(twice));
    }

    [TestMethod]
    public void Find_Field_GivesItsValueOrNone()
    {
        ContainerEvent inference = Inference();

        Assert.AreEqual("AspNetCore", inference.Find(InferenceFields.ProjectType));
        Assert.IsNull(inference.Find(OutcomeFields.Error));
    }

    [TestMethod]
    public void Set_Moment_IsWrittenInUtc()
    {
        var timed = new ContainerEvent(EventNames.Success);

        timed.Set(DetailFields.Time, new DateTimeOffset(2026, 11, 20, 11, 30, 0, TimeSpan.FromHours(2)));

        Assert.AreEqual("2026-11-20T09:30:00.0000000Z", timed.Find(DetailFields.Time));
    }

    [TestMethod]
    public void Inference_InThePreview_HasTheNamesOfTheDocumentation() =>
        CollectionAssert.AreEqual(
            new[]
            {
                "Containers.Telemetry preview: sdk/container/inference",
                "  InferencePerformed = true",
                "  TargetFramework = net10.0",
                "  BaseImage = mcr.microsoft.com/dotnet/aspnet",
                "  BaseImageTag = 10.0-noble-chiseled",
                "  ContainerFamily = noble-chiseled",
                "  ProjectType = AspNetCore",
                "  PublishMode = FrameworkDependent",
                "  IsInvariant = false",
                "  TargetRuntime = linux-x64, linux-arm64",
            },
            PreviewFormat.Lines(Inference()).ToArray());

    [TestMethod]
    public void Inference_AsJson_KeepsTheTypesOfValues() =>
        Assert.AreEqual(
            ("{'Event':'sdk/container/inference','InferencePerformed':true,'TargetFramework':'net10.0','BaseImage':'mcr.microsoft.com/dotnet/aspnet',"
                + "'BaseImageTag':'10.0-noble-chiseled','ContainerFamily':'noble-chiseled','ProjectType':'AspNetCore','PublishMode':'FrameworkDependent',"
                + "'IsInvariant':false,'TargetRuntime':['linux-x64','linux-arm64']}").Replace('\'', '"'),
            PreviewFormat.Json(Inference()));

    [TestMethod]
    public void Counts_InThePreview_HaveTheirUnit()
    {
        var measured = new ContainerEvent(EventNames.Success);
        measured.Set(DetailFields.ImageSize, 91_234_567L);
        measured.Set(DetailFields.LayerCount, 6L);

        CollectionAssert.AreEqual(new[] { "  ImageSize = 91226112 bytes", "  LayerCount = 6" }, PreviewFormat.Lines(measured).Skip(1).ToArray());
        Assert.AreEqual("""{"Event":"sdk/container/publish/success","ImageSize":91226112,"LayerCount":6}""", PreviewFormat.Json(measured));
    }

    private static ContainerEvent Inference()
    {
        var inference = new ContainerEvent(EventNames.Inference);
        inference.Set(InferenceFields.InferencePerformed, true);
        inference.Set(InferenceFields.TargetFramework, "10.0");
        inference.SetBaseImage("mcr.microsoft.com/dotnet/aspnet", "10.0-noble-chiseled");
        inference.Set(InferenceFields.ContainerFamily, "noble-chiseled");
        inference.Set(InferenceFields.ProjectType, "AspNetCore");
        inference.Set(InferenceFields.PublishMode, "FrameworkDependent");
        inference.Set(InferenceFields.IsInvariant, false);
        inference.Set(InferenceFields.TargetRuntime, ["linux-x64", "linux-arm64"]);
        return inference;
    }

    private static ContainerEvent RidMismatch()
    {
        var error = new ContainerEvent(EventNames.Error);
        error.Set(OutcomeFields.RemotePullType, "MCR");
        error.Set(OutcomeFields.LocalPushType, "Docker");
        error.Set(OutcomeFields.Error, "rid_mismatch");
        error.Set(OutcomeFields.Direction, "pull");
        error.Set(OutcomeFields.TargetRid, "linux-s390x");
        error.Set(OutcomeFields.AvailableRids, ["linux-x64", "linux-arm64"]);
        return error;
    }

    private static void AssertProperties(ContainerEvent containerEvent, params (string Key, string Value)[] expected) =>
        CollectionAssert.AreEqual(expected, SdkFormat.Properties(containerEvent).Select(property => (property.Key, property.Value)).ToArray());
}
