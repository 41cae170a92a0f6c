using System.Globalization;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.PublishOverhead.Hostile;

/// <summary>
/// An MSBuild logger that measures how long the task that pushes an image goes on afterwards: this package stores and sends in that time. Two whole
/// publishes differ by a tenth of a second or more, which would hide what an endpoint costs.
/// </summary>
public sealed class PushTimer : ILogger
{
    /// <summary>The format of the time.</summary>
    internal const string Format = "c";

    private const string TaskName = "CreateNewImage";
    private const string Pushed = "Pushed image ";

    private DateTime? _pushed;

    /// <summary>Path of the file that receives the time.</summary>
    public string? Parameters { get; set; }

    /// <inheritdoc />
    public LoggerVerbosity Verbosity { get; set; }

    /// <inheritdoc />
    public void Initialize(IEventSource eventSource)
    {
        eventSource.MessageRaised += (_, e) =>
        {
            if (e.Message?.StartsWith(Pushed, StringComparison.Ordinal) == true)
            {
                _pushed = e.Timestamp;
            }
        };
        eventSource.TaskFinished += (_, e) =>
        {
            if (e.TaskName == TaskName && _pushed is { } pushed)
            {
                File.WriteAllText(Parameters!, (e.Timestamp - pushed).ToString(Format, CultureInfo.InvariantCulture));
            }
        };
    }

    /// <inheritdoc />
    public void Shutdown()
    {
    }
}
