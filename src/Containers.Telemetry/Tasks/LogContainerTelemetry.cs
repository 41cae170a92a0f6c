using System.Globalization;
using Containers.Telemetry.Delivery;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Failures;
using Containers.Telemetry.Publishing;
using Containers.Telemetry.Settings;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.Tasks;

/// <summary>
/// Logs what targets of another package did: one event when an action has ended, or an error that belongs to no action. It goes to the
/// user's own sinks, and holds declared dimensions, closed kinds and numbers only.
/// </summary>
/// <remarks>
/// Call it from a target that depends on <c>ContainersTelemetryInitialize</c> and runs only if <c>ContainersTelemetryEnabled</c> is true.
/// Without that it does nothing. It never fails a build: what cannot be used is left out with the warning CTEL0015.
/// </remarks>
public sealed class LogContainerTelemetry : PublishStep
{
    private const string ProblemCode = "CTEL0015";

    /// <summary>What is logged: <c>Usage</c>, an action that has ended, or <c>Error</c>, an error of no action in particular.</summary>
    public string Kind { get; set; } = "Usage";

    /// <summary>How the action ended: <c>success</c>, <c>error</c> or <c>canceled</c>. Empty for success; for an error if <see cref="Error"/> is set or the kind is <c>Error</c>.</summary>
    public string Outcome { get; set; } = "";

    /// <summary>Why it failed: one of the error kinds of docs/collected-data.md, such as <c>credential_failure</c>.</summary>
    public string Error { get; set; } = "";

    /// <summary>The HTTP status of a call that failed: a whole number from 100 to 599.</summary>
    public string HttpStatus { get; set; } = "";

    /// <summary>The exit code of a program that failed: a whole number, not negative.</summary>
    public string ExitCode { get; set; } = "";

    /// <summary>How long the action took: a whole number of milliseconds.</summary>
    public string Duration { get; set; } = "";

    /// <summary>What the action was, in dimensions that the organization declared: names, and values as the metadata Value.</summary>
    public ITaskItem[] Dimensions { get; set; } = [];

    private protected override void Run(IBuildEngine10 engine)
    {
        FaultInjection.Point("usage");
        if (ProjectScope.Find<ProjectTelemetry>(engine) is not { } telemetry)
        {
            BuildMessages.Log(engine, "LogContainerTelemetry logged nothing: telemetry is off, or the target ContainersTelemetryInitialize has not run.", MessageImportance.Low);
            return;
        }

        ContainerPublish? publish = ProjectScope.Find<ContainerPublish>(engine);
        Guid publishId = publish?.Id ?? UuidV7.Create();
        ContainerEvent containerEvent = Read(engine, telemetry);
        EventEnvelope.AddTo(containerEvent, publishId);
        telemetry.Describe(containerEvent);
        if (telemetry.Settings.Preview)
        {
            Preview.Show(engine, publish?.PreviewFile, containerEvent);
        }
        else
        {
            // What a publish that is under way queues is sent at its end.
            telemetry.Deliver(engine, containerEvent, publishId, endsPublish: false, isSent: publish?.OutcomeReported != false);
        }
    }

    private ContainerEvent Read(IBuildEngine10 engine, ProjectTelemetry telemetry)
    {
        bool isError = Kind.Trim().Equals("Error", StringComparison.OrdinalIgnoreCase);
        if (!isError && !Kind.Trim().Equals("Usage", StringComparison.OrdinalIgnoreCase))
        {
            Refuse(engine, "The parameter Kind of LogContainerTelemetry must be Usage or Error. Its value is neither, so Usage applies.");
        }

        bool failed = isError || Error.Trim().Length > 0;
        var containerEvent = new ContainerEvent(isError ? EventNames.UsageError : EventNames.Usage);
        SetChoice(engine, containerEvent, DetailFields.Outcome, nameof(Outcome), Outcome, failed ? "error" : "success");
        SetChoice(engine, containerEvent, OutcomeFields.Error, nameof(Error), Error, failed ? ErrorKinds.NameOf(ErrorKind.Unknown) : null);
        SetNumber(engine, containerEvent, DetailFields.HttpStatus, nameof(HttpStatus), HttpStatus, 100, 599);
        SetNumber(engine, containerEvent, DetailFields.ExitCode, nameof(ExitCode), ExitCode, 0, long.MaxValue);
        SetNumber(engine, containerEvent, DetailFields.Duration, nameof(Duration), Duration, 0, long.MaxValue);
        SetDimensions(engine, containerEvent, telemetry.Dimensions);
        return containerEvent;
    }

    private static void SetChoice(IBuildEngine10 engine, ContainerEvent containerEvent, EventField field, string parameter, string text, string? otherwise)
    {
        string value = text.Trim();
        if (value.Length > 0 && FieldGuard.Text(field, value) is null)
        {
            Refuse(engine, $"The parameter {parameter} of LogContainerTelemetry must be one of the values that docs/collected-data.md lists for the field {field.Name}. Its value is not, so it is left out.");
            value = "";
        }

        containerEvent.Set(field, value.Length > 0 ? value : otherwise);
    }

    private static void SetNumber(IBuildEngine10 engine, ContainerEvent containerEvent, EventField field, string parameter, string text, long minimum, long maximum)
    {
        string value = text.Trim();
        if (value.Length == 0)
        {
            return;
        }

        if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= minimum && number <= maximum)
        {
            containerEvent.Set(field, number);
        }
        else
        {
            string bounds = maximum == long.MaxValue ? $"from {minimum}" : $"from {minimum} to {maximum}";
            Refuse(engine, $"The parameter {parameter} of LogContainerTelemetry must be a whole number {bounds}. Its value is not, so it is left out.");
        }
    }

    private void SetDimensions(IBuildEngine10 engine, ContainerEvent containerEvent, DeclaredDimensions declared)
    {
        int refused = 0;
        foreach (KeyValuePair<string, string> dimension in DimensionItems.Read(Dimensions))
        {
            if (declared.Values.ContainsKey(dimension.Key) && Events.Dimensions.IsValue(dimension.Value))
            {
                containerEvent.SetDimension(dimension.Key, dimension.Value);
            }
            else
            {
                refused++;
            }
        }

        if (refused > 0)
        {
            Refuse(engine, $"{refused} of {Dimensions.Length} Dimensions of LogContainerTelemetry are left out. A dimension must be declared as a ContainersTelemetryDimension item, and the metadata Value must be 1 to {Events.Dimensions.MaxValueLength} letters, digits, dots, underscores and hyphens.");
        }
    }

    private static void Refuse(IBuildEngine10 engine, string text) => BuildMessages.Warn(engine, new SettingProblem(ProblemCode, text));
}
