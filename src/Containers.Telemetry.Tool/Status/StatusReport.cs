using System.Runtime.CompilerServices;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Status;

/// <summary>The whole of <c>containers-telemetry status</c>.</summary>
internal sealed class StatusReport(ToolContext context, UserData data)
{
    /// <summary>Prints how things are.</summary>
    /// <returns><see cref="ExitCodes.Done"/> where telemetry is on, <see cref="ExitCodes.No"/> where it is off, or where not all can be told.</returns>
    public int Print(bool asJson)
    {
        TelemetryStatus status = new StatusReader(context, data).Read();
        if (asJson)
        {
            PrintJson(status);
        }
        else
        {
            new StatusText(context).Write(status);
        }

        return status.Rule.IsOn && status.IsComplete ? ExitCodes.Done : ExitCodes.No;
    }

    // Apart, so that text alone does not load what writes JSON.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PrintJson(TelemetryStatus status) => new StatusJson(context.Terminal).Write(status);
}
