using System.Text.Json;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Otlp;

[TestClass]
public sealed class OtlpLineTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 9, 29, 59, TimeSpan.Zero);

    [TestMethod]
    public void PublishPart_OfAnEvent_IsTheSameEachTime()
    {
        ContainerEvent image = Examples.Full(EventNames.Success);

        PublishPart first = PublishPart.Of(image)!;
        PublishPart second = PublishPart.Of(image)!;

        Assert.AreEqual(PublishPartKind.Image, first.Kind);
        Assert.AreEqual(TimeSpan.FromMilliseconds(790), first.Duration);
        Assert.AreSequenceEqual([PublishPartKind.BaseImagePull, PublishPartKind.ImagePush], first.Parts.Select(static part => part.Kind));
        Assert.AreEqual(first.Start, first.Parts[0].Start);
        Assert.AreEqual(first.Start + first.Duration, first.Parts[1].Start + first.Parts[1].Duration);
        Assert.AreSequenceEqual(IdsOf(first), IdsOf(second));
        Assert.HasCount(3, IdsOf(first).Distinct().ToArray());
        Assert.IsNull(PublishPart.Of(Examples.Success()), "an event that does not say how long the task took");
    }

    [TestMethod]
    [DataRow("TaskDuration", 1_000L, true)]
    [DataRow("TaskDuration", 1_001L, false)]
    [DataRow("TaskDuration", long.MaxValue, false)]
    [DataRow("PullDuration", 1_001L, false)]
    [DataRow("PullDuration", long.MaxValue, false)]
    [DataRow("PushDuration", 1_001L, false)]
    [DataRow("PushDuration", long.MaxValue, false)]
    public void PublishPart_WithADurationLongerThanTheTimeSince1970_IsNone(string field, long milliseconds, bool isPart)
    {
        ContainerEvent image = Examples.Full(EventNames.Success);
        image.Set(DetailFields.Time, DateTimeOffset.UnixEpoch.AddSeconds(1));
        image.Set(DetailFields.TaskDuration, 1);
        image.Set(DetailFields.PullDuration, 1);
        image.Set(DetailFields.PushDuration, 1);
        image.Set(DetailFields.All.Single(one => one.Name == field), milliseconds);

        Assert.AreEqual(isPart, PublishPart.Of(image) is { } part && part.Start >= DateTimeOffset.UnixEpoch);
    }

    [TestMethod]
    public void PublishPart_WithoutAnEvent_HasASpanIdOfItsPublishAndTime()
    {
        var trace = TraceContext.Create(Guid.CreateVersion7(), traceparent: null, tracestate: null);
        var other = TraceContext.Create(Guid.CreateVersion7(), traceparent: null, tracestate: null);

        Assert.AreEqual(Inference(Start, milliseconds: 20).SpanIdIn(trace), Inference(Start, milliseconds: 20).SpanIdIn(trace));
        CollectionAssert.AllItemsAreUnique(new[]
        {
            trace.SpanId,
            Inference(Start, milliseconds: 20).SpanIdIn(trace),
            Inference(Start, milliseconds: 20).SpanIdIn(other),
            Inference(Start.AddTicks(1), milliseconds: 20).SpanIdIn(trace),
            Inference(Start, milliseconds: 21).SpanIdIn(trace),
        });
    }

    private static PublishPart Inference(DateTimeOffset start, int milliseconds) =>
        new(PublishPartKind.BaseImageInference, start, TimeSpan.FromMilliseconds(milliseconds));

    private static IEnumerable<string> IdsOf(PublishPart part) => part.Parts.Prepend(part).Select(static one => one.SpanIdIn(Lines.PipelineTrace));

    [TestMethod]
    public void Log_Event_IsOneRequestInThisOrder()
    {
        var error = new ContainerEvent(EventNames.Error);
        error.Set(DetailFields.Time, new DateTimeOffset(2026, 11, 20, 9, 30, 0, TimeSpan.Zero).AddTicks(1));
        error.Set(DetailFields.SchemaVersion, 1L);
        error.Set(SurroundingsFields.PackageVersion, "0.1.0");
        error.Set(InferenceFields.TargetFramework, "10.0");
        error.Set(InferenceFields.IsInvariant, true);
        error.Set(DetailFields.HttpStatus, 403L);
        error.Set(InferenceFields.TargetRuntime, ["linux-x64", "linux-arm64"]);
        error.Set(SurroundingsFields.OSFamily, "MacOS");
        error.SetDimension("team", "payments");

        Assert.AreEqual(
            """
            {"resourceLogs":[{"scopeLogs":[{"scope":{"name":"Containers.Telemetry","version":"0.1.0","attributes":[{"key":"containers_telemetry.schema_version","value":{"intValue":"2"}},
            {"key":"containers_telemetry.min_reader_version","value":{"intValue":"2"}}]},"schemaUrl":"https://opentelemetry.io/schemas/1.44.0","logRecords":[{"timeUnixNano":"1795167000000000100","observedTimeUnixNano":"1795167000000000100","severityNumber":17,"severityText":"ERROR","eventName":"containers_telemetry.publish.error",
            "attributes":[{"key":"containers_telemetry.sdk.event_name","value":{"stringValue":"sdk/container/publish/error"}},
            {"key":"containers_telemetry.target_framework","value":{"stringValue":"net10.0"}},{"key":"containers_telemetry.globalization_invariant","value":{"boolValue":true}},
            {"key":"http.response.status_code","value":{"intValue":"403"}},{"key":"containers_telemetry.target_runtime_identifiers","value":{"arrayValue":{"values":[{"stringValue":"linux-x64"},{"stringValue":"linux-arm64"}]}}},
            {"key":"containers_telemetry.dimension.team","value":{"stringValue":"payments"}}],
            "traceId":"9a1b2c3d4e5f6070019ab2c45d6e7f80","spanId":"9a1b2c3d4e5f6070","flags":1}]}],
            "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"Containers.Telemetry"}},{"key":"service.version","value":{"stringValue":"0.1.0"}},{"key":"os.type","value":{"stringValue":"darwin"}}]},"schemaUrl":"https://opentelemetry.io/schemas/1.44.0"}]}
            """.ReplaceLineEndings("") + "\n",
            Lines.Text(Lines.Log(error)));
    }

    [TestMethod]
    public void SentLog_OfAnOutcome_NamesTheTaskItsRunAndTheExporter()
    {
        var success = new ContainerEvent(EventNames.Success);
        success.Set(DetailFields.PublishId, Lines.PublishId);
        success.Set(DetailFields.Outcome, "success");
        success.Set(SurroundingsFields.PackageVersion, "0.1.0");

        CollectionAssert.AreEqual(
            new[]
            {
                ("containers_telemetry.sdk.event_name", "sdk/container/publish/success"),
                ("cicd.pipeline.task.name", "PublishContainer"),
                ("cicd.pipeline.task.type", "build"),
                ("cicd.pipeline.task.run.id", "019ab2c4-5d6e-7f80-9a1b-2c3d4e5f6070"),
                ("containers_telemetry.publish.id", "019ab2c4-5d6e-7f80-9a1b-2c3d4e5f6070"),
                ("cicd.pipeline.task.run.result", "success"),
            },
            Attributes(Record(Lines.SentLog(success))));
        CollectionAssert.AreEqual(
            new[]
            {
                ("service.name", "Containers.Telemetry"),
                ("service.instance.id", "019ab2c4-5d6e-7f80-9a1b-2c3d4e5f6070"),
                ("telemetry.sdk.name", "Containers.Telemetry"),
                ("telemetry.sdk.language", "dotnet"),
                ("telemetry.sdk.version", "0.1.0"),
                ("service.version", "0.1.0"),
            },
            ResourceAttributes(Lines.SentLog(success)));
    }

    [TestMethod]
    [DataRow(EventNames.Inference)]
    [DataRow(EventNames.Usage)]
    public void SentLog_WithoutAnOutcome_NamesNoTask(string name)
    {
        var raised = new ContainerEvent(name);
        raised.Set(DetailFields.PublishId, Lines.PublishId);

        Assert.IsFalse(Attributes(Record(Lines.SentLog(raised))).Any(attribute => attribute.Key.StartsWith("cicd.", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Log_ExceptionType_IsWrittenInFull()
    {
        var error = new ContainerEvent(EventNames.Error);
        error.Set(DetailFields.ExceptionType, "SocketException");

        CollectionAssert.Contains(Attributes(Record(Lines.Log(error))), ("exception.type", "System.Net.Sockets.SocketException"));
    }

    [TestMethod]
    public void Log_Body_IsASentenceAboutTheAttributes()
    {
        var inference = new ContainerEvent(EventNames.Inference);
        inference.Set(InferenceFields.InferencePerformed, true);
        inference.SetBaseImage("mcr.microsoft.com/dotnet/aspnet", "10.0");
        var success = new ContainerEvent(EventNames.Success);
        success.Set(OutcomeFields.RemotePullType, "MCR");
        success.Set(OutcomeFields.RemotePushType, "GitHub");
        success.Set(DetailFields.Duration, 2_340L);
        var error = new ContainerEvent(EventNames.Error);
        error.Set(DetailFields.Outcome, "error");
        error.Set(OutcomeFields.Error, "credential_failure");
        error.Set(OutcomeFields.Direction, "push");
        error.Set(OutcomeFields.RemotePullType, "MCR");
        error.Set(OutcomeFields.RemotePushType, "Azure");
        var canceled = new ContainerEvent(EventNames.Error);
        canceled.Set(DetailFields.Outcome, "canceled");
        canceled.Set(OutcomeFields.LocalPushType, "Docker");
        var usage = new ContainerEvent(EventNames.Usage);
        usage.Set(DetailFields.Outcome, "success");

        string[] bodies = [.. new[] { inference, success, error, canceled, usage, new ContainerEvent(EventNames.UsageError) }.Select(BodyOf)];

        Assert.AreSequenceEqual(
            [
                "base image inferred: mcr.microsoft.com/dotnet/aspnet:10.0",
                "container publish succeeded in 2.3 s, MCR to GitHub",
                "container publish failed: credential_failure, push, MCR to Azure",
                "container publish canceled: to Docker",
                "action: success",
                "action failed",
            ],
            bodies);
    }

    [TestMethod]
    [DataRow(EventNames.Inference, null, 9, "INFO")]
    [DataRow(EventNames.Success, "success", 9, "INFO")]
    [DataRow(EventNames.Error, "error", 17, "ERROR")]
    [DataRow(EventNames.Error, null, 17, "ERROR")]
    [DataRow(EventNames.Error, "canceled", 13, "WARN")]
    [DataRow(EventNames.Error, "unfinished", 13, "WARN")]
    public void Log_Severity_IsThatOfTheOutcome(string name, string? outcome, int number, string text)
    {
        var raised = new ContainerEvent(name);
        raised.Set(DetailFields.Outcome, outcome);

        JsonElement record = Record(Lines.Log(raised));

        Assert.AreEqual(number, record.GetProperty("severityNumber").GetInt32());
        Assert.AreEqual(text, record.GetProperty("severityText").GetString());
    }

    [TestMethod]
    public void Log_InATraceOfThePipeline_NamesThatTraceAndTheSpanOfThePublish()
    {
        JsonElement record = Record(Lines.Log(Examples.Success(), Lines.PipelineTrace));

        Assert.AreEqual("0af7651916cd43dd8448eb211c80319c", record.GetProperty("traceId").GetString());
        Assert.AreEqual("9a1b2c3d4e5f6070", record.GetProperty("spanId").GetString());
    }

    [TestMethod]
    public void Log_ValueWithoutAWordInTheConvention_IsLeftOut()
    {
        var raised = new ContainerEvent(EventNames.Success);
        raised.Set(SurroundingsFields.OSFamily, "Other");
        raised.Set(SurroundingsFields.ContainerRuntime, "None");

        CollectionAssert.AreEqual(new[] { "service.name" }, ResourceAttributes(Lines.Log(raised)).Select(attribute => attribute.Key).ToArray());
    }

    [TestMethod]
    public void UserAttributes_ComeAfterOursAndReplaceThem()
    {
        var raised = new ContainerEvent(EventNames.Success);
        raised.Set(SurroundingsFields.PackageVersion, "0.1.0");
        raised.Set(SurroundingsFields.OSFamily, "Linux");

        (string, string)[] attributes = ResourceAttributes(
            Lines.Log(raised, null, new("team", "a"), new("service.name", "shop"), new("os.type", "z_os"), new("team", "b\n\u00e9\u2028\ud800"), new("", "x")));

        CollectionAssert.AreEqual(
            new[] { ("service.version", "0.1.0"), ("service.name", "shop"), ("os.type", "z_os"), ("team", "b\n\u00e9\u2028\ufffd"), ("", "x") },
            attributes);
    }

    [TestMethod]
    [DataRow("1969-12-31T23:59:59.0000000+00:00", "0")]
    [DataRow("2554-07-21T23:34:33.7095516+00:00", "18446744073709551600")]
    [DataRow("2554-07-21T23:34:33.7095517+00:00", "0")]
    [DataRow("9999-12-31T23:59:59.9999999+00:00", "0")]
    public void Log_TimeOutsideTheRangeOfOtlp_IsUnknown(string time, string expected)
    {
        var raised = new ContainerEvent(EventNames.Success);
        raised.Set(DetailFields.Time, time);

        Assert.AreEqual(expected, Record(Lines.Log(raised)).GetProperty("timeUnixNano").GetString());
    }

    [TestMethod]
    public void Span_Success_IsOneRequestInThisOrder()
    {
        var success = new ContainerEvent(EventNames.Success);
        success.Set(DetailFields.Time, Start.AddTicks(8_120_001));
        success.Set(DetailFields.Outcome, "success");

        Assert.AreEqual(
            """
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"Containers.Telemetry"}},{"key":"telemetry.sdk.name","value":{"stringValue":"Containers.Telemetry"}},
            {"key":"telemetry.sdk.language","value":{"stringValue":"dotnet"}}]},
            "scopeSpans":[{"scope":{"name":"Containers.Telemetry","version":"","attributes":[{"key":"containers_telemetry.schema_version","value":{"intValue":"2"}},
            {"key":"containers_telemetry.min_reader_version","value":{"intValue":"2"}}]},"schemaUrl":"https://opentelemetry.io/schemas/1.44.0",
            "spans":[{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"9a1b2c3d4e5f6070","parentSpanId":"b7ad6b7169203331","traceState":"congo=t61rcWkgMzE","flags":769,
            "name":"container publish","kind":1,"startTimeUnixNano":"1795166999000000000","endTimeUnixNano":"1795166999812000100",
            "attributes":[{"key":"cicd.pipeline.task.name","value":{"stringValue":"PublishContainer"}},{"key":"cicd.pipeline.task.type","value":{"stringValue":"build"}},
            {"key":"cicd.pipeline.task.run.result","value":{"stringValue":"success"}}]}]}],"schemaUrl":"https://opentelemetry.io/schemas/1.44.0"}]}
            """.ReplaceLineEndings("") + "\n",
            Lines.Text(Lines.Span(success, Start, Lines.PipelineTrace)));
    }

    [TestMethod]
    public void Span_Error_HasTheStatusWithoutAMessage()
    {
        var error = new ContainerEvent(EventNames.Error);
        error.Set(OutcomeFields.Error, "timeout");

        JsonElement status = Record(Lines.Span(error, Start)).GetProperty("status");

        Assert.AreEqual("""{"code":2}""", status.GetRawText());
    }

    [TestMethod]
    [DataRow("canceled")]
    [DataRow("unfinished")]
    public void Span_ThatWasStopped_HasNoStatus(string outcome)
    {
        var error = new ContainerEvent(EventNames.Error);
        error.Set(DetailFields.Outcome, outcome);
        error.Set(OutcomeFields.Error, outcome);

        Assert.IsFalse(Record(Lines.Span(error, Start)).TryGetProperty("status", out _));
    }

    [TestMethod]
    public void Span_Attributes_RepeatNeitherItsIdNorItsDuration()
    {
        JsonElement span = Record(Lines.Span(Examples.Full(EventNames.Error), Start));

        string[] attributes = [.. span.GetProperty("attributes").EnumerateArray().Select(attribute => attribute.GetProperty("key").GetString()!)];

        CollectionAssert.DoesNotContain(attributes, "log.record.uid");
        CollectionAssert.DoesNotContain(attributes, "containers_telemetry.duration_ms");
        CollectionAssert.DoesNotContain(attributes, "containers_telemetry.sdk.event_name");
    }

    [TestMethod]
    public void Span_OfATraceOfItsOwn_HasNoParent()
    {
        JsonElement span = Record(Lines.Span(Examples.Success(), Start));

        Assert.IsFalse(span.TryGetProperty("parentSpanId", out _));
        Assert.IsFalse(span.TryGetProperty("traceState", out _));
        Assert.AreEqual(0x101, span.GetProperty("flags").GetInt32());
    }

    [TestMethod]
    public void Span_ClockSetBack_DoesNotEndBeforeItStarts()
    {
        var success = new ContainerEvent(EventNames.Success);
        success.Set(DetailFields.Time, Start);

        JsonElement span = Record(Lines.Span(success, Start.AddHours(1)));

        Assert.AreEqual("1795166999000000000", span.GetProperty("startTimeUnixNano").GetString());
        Assert.AreEqual("1795166999000000000", span.GetProperty("endTimeUnixNano").GetString());
    }

    [TestMethod]
    public void Span_WithParts_IsTheirParentAndHoldsThem()
    {
        var success = new ContainerEvent(EventNames.Success);
        success.Set(DetailFields.Time, Start.AddSeconds(2));
        success.Set(DetailFields.ImageRuntime, "linux-x64");
        var pull = new PublishPart(PublishPartKind.BaseImagePull, Start.AddSeconds(1), TimeSpan.FromMilliseconds(140));
        var image = new PublishPart(PublishPartKind.Image, Start.AddSeconds(1), TimeSpan.FromSeconds(1)) { Outcome = success, Parts = [pull] };
        var inference = new PublishPart(PublishPartKind.BaseImageInference, Start, TimeSpan.FromMilliseconds(20));
        using var output = new MemoryStream();

        OtlpSpanLine.Write(output, success, Start, Lines.PipelineTrace, [], [inference, image]);

        JsonElement[] spans = Spans(output.ToArray());
        CollectionAssert.AreEqual(
            new[] { "container publish", "base image inference", "image", "base image pull" },
            spans.Select(span => Text(span, "name")).ToArray());
        CollectionAssert.AreEqual(
            new[] { "b7ad6b7169203331", Text(spans[0], "spanId"), Text(spans[0], "spanId"), Text(spans[2], "spanId") },
            spans.Select(span => Text(span, "parentSpanId")).ToArray());
        CollectionAssert.AllItemsAreUnique(spans.Select(span => Text(span, "spanId")).ToArray());
        Assert.HasCount(1, spans.Select(span => Text(span, "traceId")).Distinct());
        Assert.AreEqual("1795167000000000000", Text(spans[3], "startTimeUnixNano"));
        Assert.AreEqual("1795167000140000000", Text(spans[3], "endTimeUnixNano"));
        CollectionAssert.AreEqual(new[] { ("containers_telemetry.image.runtime_identifier", "linux-x64") }, Attributes(spans[2]));
    }

    [TestMethod]
    [DataRow("error", true)]
    [DataRow("canceled", false)]
    public void Parts_OfAPublishThatEndsInAnotherProcess_AreItsChildrenAndSayWhatFailed(string outcome, bool hasStatus)
    {
        var error = new ContainerEvent(EventNames.Error);
        error.Set(DetailFields.Outcome, outcome);
        error.Set(OutcomeFields.Error, "timeout");
        using var output = new MemoryStream();

        OtlpSpanLine.WriteParts(
            output, error, Lines.PipelineTrace, [], [new PublishPart(PublishPartKind.Image, Start, TimeSpan.FromSeconds(1)) { Outcome = error }]);

        JsonElement span = Spans(output.ToArray()).Single();
        Assert.AreEqual(Lines.PipelineTrace.SpanId, Text(span, "parentSpanId"));
        Assert.AreEqual(0x101, span.GetProperty("flags").GetInt32());
        Assert.AreEqual(hasStatus, span.TryGetProperty("status", out _));
        CollectionAssert.AreEqual(new[] { ("error.type", "timeout") }, Attributes(span));
    }

    [TestMethod]
    public void Log_FirstBytes_DifferFromEventToEvent()
    {
        const int BytesThatCollectorsTellFilesApartBy = 1_000;
        var first = new ContainerEvent(EventNames.Success);
        var second = new ContainerEvent(EventNames.Success);
        first.Set(DetailFields.Time, DateTimeOffset.UnixEpoch.AddSeconds(1));
        second.Set(DetailFields.Time, DateTimeOffset.UnixEpoch.AddSeconds(2));

        Assert.IsLessThan(BytesThatCollectorsTellFilesApartBy, Lines.Log(first).AsSpan().CommonPrefixLength(Lines.Log(second)));
    }

    private static string? Text(JsonElement span, string property) => span.GetProperty(property).GetString();

    private static JsonElement[] Spans(byte[] line) =>
        [.. JsonSerializer.Deserialize<JsonElement>(line).GetProperty("resourceSpans")[0].GetProperty("scopeSpans")[0].GetProperty("spans").EnumerateArray()];

    private static JsonElement Record(byte[] line)
    {
        JsonElement resource = JsonSerializer.Deserialize<JsonElement>(line).EnumerateObject().Single().Value[0];
        JsonElement scope = resource.EnumerateObject().Single(member => member.Name.StartsWith("scope", StringComparison.Ordinal)).Value[0];
        return scope.EnumerateObject().Last().Value[0];
    }

    private static (string Key, string Value)[] ResourceAttributes(byte[] line) =>
        Attributes(JsonSerializer.Deserialize<JsonElement>(line).EnumerateObject().Single().Value[0].GetProperty("resource"));

    private static (string Key, string Value)[] Attributes(JsonElement holder) =>
        holder.GetProperty("attributes").EnumerateArray()
            .Select(attribute => (attribute.GetProperty("key").GetString()!, attribute.GetProperty("value").GetProperty("stringValue").GetString()!))
            .ToArray();

    private static string BodyOf(ContainerEvent written) => Record(Lines.SentLog(written)).GetProperty("body").GetProperty("stringValue").GetString()!;
}
