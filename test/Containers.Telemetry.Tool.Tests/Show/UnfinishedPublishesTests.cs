using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Tool.Tests.Show;

/// <summary>Publishes whose build was killed, in <c>show</c> and in <c>report</c>.</summary>
[TestClass]
public sealed class UnfinishedPublishesTests
{
    private static readonly DateTimeOffset Yesterday = SampleEvents.Now.AddDays(-1);

    [TestMethod]
    public void AKilledPublish_IsShownAsUnfinished()
    {
        using var tool = new ToolInProcess { Width = 140 };
        SampleEvents.Store(tool.StorePath, SampleEvents.Inference(Yesterday));

        Assert.StartsWith("2026-11-19 09:30:00  unfinished  mcr.microsoft.com/dotnet/aspnet:10.0", tool.Run("show", "--events").Text);
    }

    [TestMethod]
    public void APublishOfAnHourAgoOrLess_IsShownAsInferred()
    {
        using var tool = new ToolInProcess { Width = 140 };
        SampleEvents.Store(tool.StorePath, SampleEvents.Inference(SampleEvents.Now.AddMinutes(-59)));

        Assert.StartsWith("2026-11-20 08:31:00  inferred ", tool.Run("show", "--events").Text);
        Assert.AreEqual(1, tool.Run("show", "--events", "--outcome", "unfinished").ExitCode);
    }

    [TestMethod]
    public void APublishFollowedByAnotherOfItsProject_IsShownAsUnfinishedAtOnce()
    {
        using var tool = new ToolInProcess { Width = 140 };
        SampleEvents.Store(tool.StorePath, Begun(SampleEvents.Now.AddMinutes(-3)), Begun(SampleEvents.Now.AddMinutes(-2)));

        string[] lines = tool.Run("show", "--events").Text.Split('\n');

        Assert.StartsWith("2026-11-20 09:27:00  unfinished ", lines[0]);
        Assert.StartsWith("2026-11-20 09:28:00  inferred ", lines[1]);
    }

    [TestMethod]
    public void APublishOfSeveralImages_ThatWasKilledAfterTheFirst_IsShownWithTheImage()
    {
        using var tool = new ToolInProcess { Width = 140 };
        SampleEvents.Store(tool.StorePath, SampleEvents.Inference(Yesterday), SampleEvents.Image(Yesterday.AddSeconds(3)));

        string[] lines = tool.Run("show", "--events").Text.Split('\n');

        Assert.StartsWith("2026-11-19 09:30:00  unfinished ", lines[0]);
        Assert.Contains("success   linux-x64  an image of an unfinished publish", lines[1]);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(20)]
    public void APublishWhoseEndWasStoredMuchEarlier_IsNotUnfinished(int last)
    {
        using var tool = new ToolInProcess { Width = 140 };
        SampleEvents.Store(
            tool.StorePath,
            [
                SampleEvents.Success(Yesterday.AddSeconds(-1)),
                .. Enumerable.Range(2, 30).Select(number => SampleEvents.Success(Yesterday.AddHours(-number), number)),
                SampleEvents.Inference(Yesterday),
            ]);

        var (exitCode, text) = tool.Run("show", "--events", "--last", $"{last}");

        Assert.AreEqual(0, exitCode, text);
        Assert.DoesNotContain("unfinished", text);
    }

    [TestMethod]
    public void UnfinishedPublishes_CanBeListedAlone()
    {
        using var tool = new ToolInProcess { Width = 140 };
        SampleEvents.Store(
            tool.StorePath,
            SampleEvents.Inference(Yesterday),
            SampleEvents.Success(Yesterday),
            SampleEvents.Inference(Yesterday, 2),
            SampleEvents.Usage(Yesterday, 3));

        var (exitCode, text) = tool.Run("show", "--events", "--outcome", "unfinished");

        Assert.AreEqual(0, exitCode);
        Assert.AreEqual(1, text.Count(static character => character == '\n'));
        Assert.Contains("unfinished", text);
        Assert.AreEqual(2, tool.Run("show", "--events", "--outcome", "unfinished", "--follow").ExitCode);
    }

    [TestMethod]
    public void AReportOfAKilledPublishAlone_CountsIt()
    {
        using var tool = new ToolInProcess { Width = 140 };
        SampleEvents.Store(tool.StorePath, SampleEvents.Inference(Yesterday), SampleEvents.Inference(SampleEvents.Now.AddMinutes(-1), 2));

        var (exitCode, text) = tool.Run("report", "--all");

        Assert.AreEqual(0, exitCode);
        Assert.StartsWith("0 publishes from 2026-11-19 to 2026-11-20 (UTC), 1 more unfinished, 1 more running or killed\n", text);
    }

    private static ContainerEvent Begun(DateTimeOffset time)
    {
        var inference = new ContainerEvent(EventNames.Inference);
        inference.Set(DetailFields.EventId, Guid.CreateVersion7(time));
        inference.Set(DetailFields.PublishId, Guid.CreateVersion7(time));
        inference.Set(DetailFields.Time, time);
        inference.Set(IdentityFields.AnonymousUserId, Guid.ParseExact("019ab2c45d6e7f809a1b2c3d4e5f6070", "N"));
        inference.Set(IdentityFields.ProjectId, "019ab2c45d6e7f809a1b2c3d4e5f6070");
        return inference;
    }
}
