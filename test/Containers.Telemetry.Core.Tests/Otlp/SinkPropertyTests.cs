using System.Text;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Identity;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.Settings;
using Containers.Telemetry.Store;
using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.UserFiles;
using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Otlp;

/// <summary>No sink writes any of the text to the disk, whatever input it is in.</summary>
[TestClass]
public sealed class SinkPropertyTests
{
    // The test searches for a part, so that it also finds text that was cut or escaped. No closed kind allows the space between the parts.
    private const string Part = "zqmarkzq";
    private const string Mark = Part + " " + Part;

    // The owner may send this word to the owner's endpoint: it may be in the outbox, and nowhere else.
    private const string OwnersWord = "zqownerzq";

    private const string Traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static readonly Arbitrary<string> MarkedTexts =
        (from before in ArbitraryEvents.Texts.Generator
         from after in ArbitraryEvents.Texts.Generator
         select before + Mark + after).ToArbitrary();

    [TestMethod]
    public void Sinks_AnyTextInEveryInput_ContainNoneOfIt() =>
        Prop.ForAll(MarkedTexts, MarkedTexts, Gen.Choose(0, 1000).ToArbitrary(), static (text, other, pick) =>
        {
            using var folder = new TemporaryFolder();
            List<SettingProblem> problems = [];
            ContainerEvent described = Describe(text, other, pick, new ConfigFolder(folder.Combine("config")), problems);

            Store(described, folder.Path, TraceContext.Create(Lines.PublishId, Traceparent, "vendor=" + text));
            Queue(described, folder.Path, TraceContext.Create(Lines.PublishId, text, other), text, problems);

            string[] kept = [.. Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories)];
            Assert.IsGreaterThanOrEqualTo(4, kept.Length, "a key, a store and two outboxes");
            foreach (string file in kept)
            {
                string content = Path.GetRelativePath(folder.Path, file) + "\n" + File.ReadAllText(file, Encoding.Latin1);
                Assert.DoesNotContain(Part, content, StringComparison.OrdinalIgnoreCase, content);
                Assert.IsTrue(IsInOutbox(folder.Path, file) || !content.Contains(OwnersWord, StringComparison.Ordinal), content);
            }

            Assert.IsNotEmpty(problems);
            Assert.IsFalse(problems.Any(problem => problem.Text.Contains(Part, StringComparison.OrdinalIgnoreCase)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    /// <summary>Shows that the check above can fail: it finds a text that a closed kind allows.</summary>
    [TestMethod]
    public void Store_TextThatADimensionAllows_ContainsIt()
    {
        using var folder = new TemporaryFolder();
        var described = new ContainerEvent(EventNames.Success);
        described.SetDimension("owner", Part);

        Store(described, folder.Path, Lines.OwnTrace);

        Assert.Contains(Part, File.ReadAllText(Directory.GetFiles(StoreLayout.EventsIn(folder.Path), "*.jsonl").Single()));
    }

    [TestMethod]
    public void Settings_AnyText_AreReportedWithoutIt() =>
        Prop.ForAll(MarkedTexts, static text =>
        {
            List<SettingProblem> problems = [];
            StoreLimits.Read(text, text, problems);
            ExportBudget.Read(text, isContinuousIntegration: false, problems);
            OtlpSettings.Resolve(text, text, _ => text, problems);
            OtlpSettings.Resolve("", text, _ => text, problems);
            DataFolder folder = DataFolder.Resolve("relative/" + text, static _ => null, Surroundings.OSFamily.Linux);
            if (folder.Problem is { } problem)
            {
                problems.Add(problem);
            }

            Assert.IsGreaterThanOrEqualTo(5, problems.Count);
            Assert.IsFalse(problems.Any(found => found.Text.Contains(Part, StringComparison.OrdinalIgnoreCase)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static ContainerEvent Describe(string text, string other, int pick, ConfigFolder user, List<SettingProblem> problems)
    {
        ContainerEvent described = ArbitraryEvents.Fill(EventNames.All[pick % EventNames.All.Length], text, other, pick, DateTimeOffset.UnixEpoch, pick);
        foreach (EventField field in EventSchema.Fields)
        {
            Examples.SetText(described, field, text, other);
        }

        DeclaredDimensions.Read([new(text, other), new("declared", text), new(text, "value")], problems).AddTo(described);
        ProjectKey key = ProjectKey.FromText(text, out _) ?? throw new AssertFailedException("The mark is too short for a key.");
        described.Set(IdentityFields.ProjectId, ProjectId.Compute(key, "/" + text));
        described.Set(IdentityFields.ProjectId, ProjectId.Compute(UserIdentity.Get(user, DateTimeOffset.UtcNow)!.ProjectKey, new ProjectIdentity(text)));
        return described;
    }

    private static void Store(ContainerEvent described, string folder, TraceContext trace) =>
        new SegmentedLog(StoreLayout.EventsIn(folder), new SegmentedLogLimits()).Append(Lines.Log(described, trace));

    private static void Queue(ContainerEvent described, string folder, TraceContext trace, string text, List<SettingProblem> problems)
    {
        string escaped = Uri.EscapeDataString(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
        Dictionary<string, string> variables = new()
        {
            [OtlpVariables.For("HEADERS")] = $"x-{Part}={escaped}",
            [OtlpVariables.For("CERTIFICATE")] = text,
            [OtlpVariables.For("TIMEOUT")] = text,
            [OtlpVariables.For("COMPRESSION")] = text,
            [OtlpVariables.ResourceAttributes] = $"owner={OwnersWord}",
        };

        // The outbox keeps host and path of the address; its other parts may be secret.
        OtlpSettings settings = OtlpSettings.Resolve(
            $"http://{escaped}:{escaped}@127.0.0.1:4318?{escaped}#{escaped}", text, variables.GetValueOrDefault, problems)
            ?? throw new AssertFailedException("The endpoint was not accepted.");
        using var export = new OtlpExport(settings, StoreLayout.OutboxIn(folder), "1.2.3");
        export.Append(OtlpSignal.Logs, Line(output => OtlpLogLine.Write(output, described, trace, settings.ResourceAttributes, isSent: true)));
        export.Append(OtlpSignal.Traces, Line(output => OtlpSpanLine.Write(output, described, DateTimeOffset.UnixEpoch, trace, settings.ResourceAttributes)));
    }

    private static byte[] Line(Action<MemoryStream> write)
    {
        using var output = new MemoryStream();
        write(output);
        return output.ToArray();
    }

    private static bool IsInOutbox(string folder, string file) => file.StartsWith(StoreLayout.OutboxIn(folder), StringComparison.Ordinal);
}
