using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Store;

namespace Containers.Telemetry.Tool.Tests;

/// <summary>Events like those that publishes store.</summary>
internal static class SampleEvents
{
    /// <summary>The current time for tests with a fixed clock.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);

    public static ContainerEvent Inference(DateTimeOffset time, int number = 1)
    {
        ContainerEvent inference = Create(EventNames.Inference, time, number);
        inference.SetBaseImage("mcr.microsoft.com/dotnet/aspnet", "10.0");
        inference.Set(InferenceFields.TargetFramework, "10.0");
        inference.Set(InferenceFields.ProjectType, "AspNetCore");
        inference.Set(InferenceFields.PublishMode, "FrameworkDependent");
        inference.Set(InferenceFields.TargetRuntime, (string[])["linux-x64"]);
        return inference;
    }

    public static ContainerEvent Success(DateTimeOffset time, int number = 1)
    {
        ContainerEvent success = Create(EventNames.Success, time, number);
        success.Set(DetailFields.Outcome, "success");
        success.Set(DetailFields.EndsPublish, true);
        success.Set(OutcomeFields.RemotePullType, "MCR");
        success.Set(OutcomeFields.RemotePushType, "GitHub");
        success.Set(DetailFields.ImageRuntime, "linux-x64");
        success.Set(DetailFields.ImageSize, 91_234_567);
        success.Set(DetailFields.Duration, 4_812);
        return success;
    }

    public static ContainerEvent Error(DateTimeOffset time, int number = 1)
    {
        ContainerEvent error = Create(EventNames.Error, time, number);
        error.Set(DetailFields.Outcome, "error");
        error.Set(DetailFields.EndsPublish, true);
        error.Set(OutcomeFields.RemotePullType, "MCR");
        error.Set(OutcomeFields.RemotePushType, "Azure");
        error.Set(OutcomeFields.Error, "credential_failure");
        error.Set(OutcomeFields.Direction, "push");
        error.Set(DetailFields.ErrorCode, "CONTAINER1013");
        error.Set(DetailFields.HttpStatus, 403);
        error.Set(DetailFields.Duration, 812);
        return error;
    }

    public static ContainerEvent Canceled(DateTimeOffset time, int number = 1)
    {
        ContainerEvent canceled = Create(EventNames.Error, time, number);
        canceled.Set(DetailFields.Outcome, "canceled");
        canceled.Set(DetailFields.EndsPublish, true);
        canceled.Set(OutcomeFields.Error, "canceled");
        canceled.Set(OutcomeFields.LocalPushType, "Docker");
        return canceled;
    }

    /// <summary>One image of several. This event does not end the publish.</summary>
    public static ContainerEvent Image(DateTimeOffset time, int number = 1)
    {
        ContainerEvent image = Create(EventNames.Success, time, number);
        image.Set(DetailFields.Outcome, "success");
        image.Set(DetailFields.EndsPublish, false);
        image.Set(DetailFields.ImageRuntime, "linux-x64");
        return image;
    }

    /// <summary>An event that the targets of another package log.</summary>
    public static ContainerEvent Usage(DateTimeOffset time, int number = 1)
    {
        ContainerEvent usage = Create(EventNames.Usage, time, number);
        usage.Set(DetailFields.Outcome, "error");
        usage.Set(OutcomeFields.Error, "unknown");
        usage.Set(DetailFields.ExitCode, 125);
        usage.Set(DetailFields.Duration, 2_150);
        usage.SetDimension("step", "scan");
        return usage;
    }

    /// <summary>The event as a line of OTLP/JSON, with its line feed.</summary>
    public static byte[] Line(ContainerEvent containerEvent) => Line(containerEvent, traceparent: null);

    /// <summary>The lines of several events.</summary>
    public static byte[] Lines(params IEnumerable<ContainerEvent> events) => [.. events.SelectMany(Line)];

    /// <summary>Writes events to a store.</summary>
    /// <param name="store">Full path of the store's folder.</param>
    /// <param name="events">The events.</param>
    public static void Store(string store, params IEnumerable<ContainerEvent> events) =>
        new SegmentedLog(Path.Combine(store, "events"), new SegmentedLogLimits()).Append(Lines(events));

    /// <summary>Writes an event of a publish in a trace to a store.</summary>
    /// <param name="store">Full path of the store's folder.</param>
    /// <param name="traceparent">The trace, in the format of the variable <c>TRACEPARENT</c>.</param>
    /// <param name="containerEvent">The event.</param>
    public static void StoreInTrace(string store, string traceparent, ContainerEvent containerEvent) =>
        new SegmentedLog(Path.Combine(store, "events"), new SegmentedLogLimits()).Append(Line(containerEvent, traceparent));

    private static byte[] Line(ContainerEvent containerEvent, string? traceparent)
    {
        using var line = new MemoryStream();
        Guid publish = Guid.ParseExact((string)containerEvent.Find(DetailFields.PublishId)!, "D");
        OtlpLogLine.Write(line, containerEvent, TraceContext.Create(publish, traceparent, tracestate: null), []);
        return line.ToArray();
    }

    private static ContainerEvent Create(string name, DateTimeOffset time, int number)
    {
        var containerEvent = new ContainerEvent(name);
        containerEvent.Set(DetailFields.EventId, IdOf(name.Length, number));
        containerEvent.Set(DetailFields.PublishId, IdOf(1, number));
        containerEvent.Set(DetailFields.SchemaVersion, 1L);
        containerEvent.Set(DetailFields.Time, time);
        containerEvent.Set(SurroundingsFields.PackageVersion, "0.1.0");
        containerEvent.Set(SurroundingsFields.SdkVersion, "10.0.401");
        return containerEvent;
    }

    private static Guid IdOf(int kind, int number) => Guid.ParseExact($"019ab2c4-5d6e-7f80-9a1b-{kind:x4}{number:x8}", "D");
}
