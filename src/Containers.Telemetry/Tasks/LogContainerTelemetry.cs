using Containers.Telemetry.Delivery;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Failures;
using Containers.Telemetry.Publishing;
using Containers.Telemetry.Settings;

namespace Containers.Telemetry.Tasks;

/// <summary>Logs an event of another package's targets for the user's own sinks: only declared dimensions, closed kinds and numbers.</summary>
/// <remarks>
/// Call it from a target that depends on <c>ContainersTelemetryInitialize</c> and runs only if <c>ContainersTelemetryEnabled</c> is true.
/// Otherwise it does nothing. It never fails a build: invalid values are left out, with one warning CTEL0015 per call.
/// </remarks>
public sealed class LogContainerTelemetry : PublishStep
{
    private readonly List<string> _refused = [];

    /// <summary>The kind of event: <c>Usage</c>, an action that has ended, or <c>Error</c>, an error of no particular action.</summary>
    public string Kind { get; set; } = "Usage";

    /// <summary>
    /// The outcome of the action: <c>success</c>, <c>error</c> or <c>canceled</c>. Empty for success; for an error if <see cref="Error"/> is set or
    /// the kind is <c>Error</c>.
    /// </summary>
    public string Outcome { get; set; } = "";

    /// <summary>The error: one of the kinds in docs/collected-data.md, such as <c>credential_failure</c>.</summary>
    public string Error { get; set; } = "";

    /// <summary>The HTTP status of a failed call: a whole number from 100 to 599.</summary>
    public string HttpStatus { get; set; } = "";

    /// <summary>The exit code of a failed program: a whole number, not negative.</summary>
    public string ExitCode { get; set; } = "";

    /// <summary>The duration of the action: a whole number of milliseconds.</summary>
    public string Duration { get; set; } = "";

    /// <summary>Describes the action by dimensions that the organization declared: names, and values as the metadata Value.</summary>
    public ITaskItem[] Dimensions { get; set; } = [];

    private protected override void Run(IBuildEngine10 engine)
    {
        FaultInjection.Point("usage");
        if (ProjectScope.Find<ProjectTelemetry>(engine) is not { } telemetry)
        {
            BuildMessages.Log(
                engine,
                "LogContainerTelemetry logged nothing: telemetry is off, or the target ContainersTelemetryInitialize has not run.",
                MessageImportance.Low);
            return;
        }

        ContainerPublish? publish = ProjectScope.Find<ContainerPublish>(engine);
        Guid publishId = publish?.Id ?? UuidV7.Create();
        ContainerEvent containerEvent = Read(telemetry);
        if (_refused.Count > 0)
        {
            BuildMessages.Warn(engine, new SettingProblem(Diagnostics.UsageParameters.Code, string.Join(' ', _refused)));
        }

        EventEnvelope.AddTo(containerEvent, publishId);
        telemetry.Describe(containerEvent);
        if (telemetry.Settings.Preview)
        {
            Preview.Show(engine, publish?.PreviewFile, containerEvent);
        }
        else
        {
            // Nothing is sent before the end of a publish, so that the image need not wait.
            telemetry.Deliver(engine, containerEvent, publishId, endsPublish: false, isSent: publish?.OutcomeReported == true, Cancellation);
        }
    }

    private ContainerEvent Read(ProjectTelemetry telemetry)
    {
        bool isError = Kind.Trim().Equals("Error", StringComparison.OrdinalIgnoreCase);
        if (!isError && !Kind.Trim().Equals("Usage", StringComparison.OrdinalIgnoreCase))
        {
            _refused.Add("The parameter Kind of LogContainerTelemetry must be Usage or Error. Its value is neither, so Usage applies.");
        }

        bool failed = isError || Error.Trim().Length > 0;
        var containerEvent = new ContainerEvent(isError ? EventNames.UsageError : EventNames.Usage);
        SetChoice(containerEvent, DetailFields.Outcome, nameof(Outcome), Outcome, failed ? "error" : "success");
        SetChoice(containerEvent, OutcomeFields.Error, nameof(Error), Error, failed ? ErrorKinds.NameOf(ErrorKind.Unknown) : null);
        SetNumber(containerEvent, DetailFields.HttpStatus, nameof(HttpStatus), HttpStatus, 100, 599);
        SetNumber(containerEvent, DetailFields.ExitCode, nameof(ExitCode), ExitCode, 0, long.MaxValue);
        SetNumber(containerEvent, DetailFields.Duration, nameof(Duration), Duration, 0, long.MaxValue);
        SetDimensions(containerEvent, telemetry.Dimensions);
        return containerEvent;
    }

    private void SetChoice(ContainerEvent containerEvent, EventField field, string parameter, string text, string? otherwise)
    {
        string value = text.Trim();
        if (value.Length > 0 && FieldGuard.Text(field, value) is null)
        {
            _refused.Add(
                $"The parameter {parameter} of LogContainerTelemetry must be one of the values that docs/collected-data.md lists " +
                $"for the field {field.Name}. Its value is not, so it is left out.");
            value = "";
        }

        containerEvent.Set(field, value.Length > 0 ? value : otherwise);
    }

    private void SetNumber(ContainerEvent containerEvent, EventField field, string parameter, string text, long minimum, long maximum)
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
            _refused.Add($"The parameter {parameter} of LogContainerTelemetry must be a whole number {bounds}. Its value is not, so it is left out.");
        }
    }

    private void SetDimensions(ContainerEvent containerEvent, DeclaredDimensions declared)
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
            _refused.Add(
                $"{refused} of {Dimensions.Length} Dimensions of LogContainerTelemetry are left out. " +
                "A dimension must be declared as a ContainersTelemetryDimension item, and the metadata Value must be " +
                $"1 to {Events.Dimensions.MaxValueLength} letters, digits, dots, underscores and hyphens.");
        }
    }
}
