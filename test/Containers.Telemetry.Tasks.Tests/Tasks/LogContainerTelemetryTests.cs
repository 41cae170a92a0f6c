using System.Globalization;
using Containers.Telemetry.Delivery;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Publishing;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.TestInfrastructure;
using Microsoft.Build.Utilities;

namespace Containers.Telemetry.Tasks;

/// <summary>The parameters of the task that other packages call from their targets.</summary>
[TestClass]
public sealed class LogContainerTelemetryTests : IDisposable
{
    private const string Word = "zqwordzq";

    private readonly TestFolder _folder = new();
    private readonly RecordingBuildEngine _engine = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("", "", "", "containers-telemetry/usage", "success", null)]
    [DataRow("Usage", "success", "", "containers-telemetry/usage", "success", null)]
    [DataRow(" usage ", " canceled ", "", "containers-telemetry/usage", "canceled", null)]
    [DataRow("Usage", "error", "", "containers-telemetry/usage", "error", null)]
    [DataRow("Usage", "", "timeout", "containers-telemetry/usage", "error", "timeout")]
    [DataRow("ERROR", "", "", "containers-telemetry/error", "error", "unknown")]
    [DataRow("Error", "", "tls_failure", "containers-telemetry/error", "error", "tls_failure")]
    [DataRow("Error", "canceled", "canceled", "containers-telemetry/error", "canceled", "canceled")]
    public void Action_AnyEnding_IsOneEvent(string kind, string outcome, string error, string name, string expectedOutcome, string? expectedError)
    {
        ContainerEvent logged = LogOne(new LogContainerTelemetry { Kind = kind.Length > 0 ? kind : "Usage", Outcome = outcome, Error = error });

        Assert.AreEqual(name, logged.Name);
        Assert.AreEqual(expectedOutcome, logged.Find(DetailFields.Outcome));
        Assert.AreEqual(expectedError, logged.Find(OutcomeFields.Error));
        Assert.IsEmpty(_engine.Log);
    }

    [TestMethod]
    [DataRow("404", "1", "1500", 404L, 1L, 1500L)]
    [DataRow(" 599 ", "0", "0", 599L, 0L, 0L)]
    [DataRow("100", "999", "9223372036854775807", 100L, 999L, long.MaxValue)]
    [DataRow("100", "3221225477", "1", 100L, null, 1L)]
    public void Numbers_WithinBounds_AreLogged(
        string status, string exitCode, string duration, long expectedStatus, long? expectedExitCode, long expectedDuration)
    {
        ContainerEvent logged = LogOne(new LogContainerTelemetry { HttpStatus = status, ExitCode = exitCode, Duration = duration });

        Assert.AreEqual(expectedStatus, logged.Find(DetailFields.HttpStatus));
        Assert.AreEqual(expectedExitCode, logged.Find(DetailFields.ExitCode));
        Assert.AreEqual(expectedDuration, logged.Find(DetailFields.Duration));
        Assert.IsEmpty(_engine.Log);
    }

    [TestMethod]
    [DataRow(nameof(LogContainerTelemetry.Kind), Word)]
    [DataRow(nameof(LogContainerTelemetry.Outcome), Word)]
    [DataRow(nameof(LogContainerTelemetry.Outcome), "Success")]
    [DataRow(nameof(LogContainerTelemetry.Error), Word)]
    [DataRow(nameof(LogContainerTelemetry.HttpStatus), Word)]
    [DataRow(nameof(LogContainerTelemetry.HttpStatus), "99")]
    [DataRow(nameof(LogContainerTelemetry.HttpStatus), "600")]
    [DataRow(nameof(LogContainerTelemetry.ExitCode), "-1")]
    [DataRow(nameof(LogContainerTelemetry.ExitCode), "0x1")]
    [DataRow(nameof(LogContainerTelemetry.Duration), "1.5")]
    [DataRow(nameof(LogContainerTelemetry.Duration), "1,000")]
    [DataRow(nameof(LogContainerTelemetry.Duration), "9223372036854775808")]
    public void Value_ThatIsInvalid_IsOneWarningAndTheRestIsLogged(string parameter, string value)
    {
        var task = new LogContainerTelemetry { Dimensions = [Dimension("step", "scan")] };
        typeof(LogContainerTelemetry).GetProperty(parameter)!.SetValue(task, value);

        ContainerEvent logged = LogOne(task);

        Assert.AreEqual("scan", logged.Dimensions.Single(dimension => dimension.Key == "step").Value);
        AssertOneWarning($"The parameter {parameter} of LogContainerTelemetry");
    }

    [TestMethod]
    public void Error_OfAnUnknownKind_IsStillAnError()
    {
        ContainerEvent logged = LogOne(new LogContainerTelemetry { Error = Word });

        Assert.AreEqual("error", logged.Find(DetailFields.Outcome));
        Assert.AreEqual("unknown", logged.Find(OutcomeFields.Error));
    }

    [TestMethod]
    public void Dimensions_ThatAreNotAllowed_AreOneWarningAndTheOthersAreLogged()
    {
        ContainerEvent logged = LogOne(new LogContainerTelemetry
        {
            Dimensions =
            [
                Dimension("step", "scan"),
                Dimension("undeclared", "scan"),
                Dimension("Step", "scan"),
                Dimension("team", Word + " team"),
                Dimension("team", new string('a', 65)),
                Dimension("empty", ""),
            ],
        });

        CollectionAssert.AreEquivalent(
            new[] { KeyValuePair.Create("step", "scan"), KeyValuePair.Create("team", "payments") },
            logged.Dimensions.ToArray());
        AssertOneWarning("5 of 6 Dimensions of LogContainerTelemetry are left out.");
    }

    [TestMethod]
    public void Call_WithManyMistakes_IsOneWarningThatNamesThemAll()
    {
        LogOne(new LogContainerTelemetry
        {
            Kind = Word,
            Outcome = Word,
            Error = Word,
            HttpStatus = Word,
            ExitCode = Word,
            Duration = Word,
            Dimensions = [Dimension(Word, Word)],
        });

        AssertOneWarning("Kind", "Outcome", "Error", "HttpStatus", "ExitCode", "Duration", "1 of 1 Dimensions");
    }

    [TestMethod]
    public void Dimension_OfTheCall_IsAboveThatOfTheProject() =>
        Assert.AreEqual("web", LogOne(new LogContainerTelemetry { Dimensions = [Dimension("team", "web")] }).Dimensions.Single().Value);

    [TestMethod]
    public void Event_DuringAPublish_HasThePublishsId()
    {
        ContainerPublish publish = Publishes.Begin(_engine, PublishSettings.Default);

        ContainerEvent logged = LogOne(new LogContainerTelemetry());

        Assert.AreEqual(publish.Id.ToString(), Text(logged, DetailFields.PublishId));
        Assert.AreNotEqual(publish.Id.ToString(), Text(logged, DetailFields.EventId));
    }

    [TestMethod]
    public void Call_WithoutInitialization_IsOneLowMessage()
    {
        Assert.IsTrue(Run(new LogContainerTelemetry { Kind = Word }));

        Assert.HasCount(1, _engine.Log);
        Assert.StartsWith("Low: LogContainerTelemetry logged nothing", _engine.Log[0]);
        Assert.DoesNotContain(Word, _engine.Log[0]);
        Assert.IsEmpty(Stored());
    }

    [TestMethod]
    public void Preview_Usage_IsShownAndNotStored()
    {
        Initialize(preview: true);

        Assert.IsTrue(Run(new LogContainerTelemetry { Dimensions = [Dimension("step", "scan")] }));

        Assert.Contains("High: Containers.Telemetry preview: containers-telemetry/usage", _engine.Log);
        Assert.IsTrue(_engine.Log.Any(line => line.Contains("step", StringComparison.Ordinal) && line.Contains("scan", StringComparison.Ordinal)));
        Assert.IsEmpty(Stored());
    }

    [TestMethod]
    public void Usage_NeverGoesToTheSDKsTelemetry()
    {
        LogOne(new LogContainerTelemetry());
        Assert.IsEmpty(_engine.Telemetry);
    }

    private static TaskItem Dimension(string name, string value) => new(name, new Dictionary<string, string> { ["Value"] = value });

    private static string Text(ContainerEvent logged, EventField field) => string.Create(CultureInfo.InvariantCulture, $"{logged.Find(field)}");

    private ContainerEvent LogOne(LogContainerTelemetry task)
    {
        Initialize(preview: false);
        Assert.IsTrue(Run(task));
        return Stored().Single();
    }

    private bool Run(LogContainerTelemetry task)
    {
        task.BuildEngine = _engine;
        return task.Execute();
    }

    private void Initialize(bool preview) => ProjectScope.Put(
        _engine,
        new ProjectTelemetry(
            new TelemetrySettings
            {
                Preview = preview,
                Store = _folder.Combine("store"),
                Dimensions = [new("team", "payments"), new("step", ""), new("empty", "")],
            },
            userFolder: null));

    private ContainerEvent[] Stored()
    {
        string events = _folder.Combine("store", "events");
        return Directory.Exists(events)
            ?
            [
                .. Directory.GetFiles(events, "*.jsonl")
                    .SelectMany(File.ReadAllLines)
                    .SelectMany(line => OtlpLogReader.Read(System.Text.Encoding.UTF8.GetBytes(line)).Events)
                    .Select(stored => stored.Event),
            ]
            : [];
    }

    private void AssertOneWarning(params string[] texts)
    {
        Assert.HasCount(1, _engine.Log, string.Join('\n', _engine.Log));
        Assert.StartsWith("warning CTEL0015: ", _engine.Log[0]);
        Assert.DoesNotContain(Word, _engine.Log[0]);
        foreach (string text in texts)
        {
            Assert.Contains(text, _engine.Log[0]);
        }
    }
}
