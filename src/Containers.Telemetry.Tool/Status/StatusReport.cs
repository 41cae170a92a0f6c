using System.Runtime.CompilerServices;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Status;

/// <summary>The whole of <c>containers-telemetry status</c>.</summary>
internal sealed class StatusReport(ToolContext context, UserData data)
{
    /// <returns><see cref="ExitCodes.Done"/> if telemetry is on, <see cref="ExitCodes.No"/> if it is off, or if something cannot be read.</returns>
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

    // A separate method, so that the text form does not load the JSON writer.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PrintJson(TelemetryStatus status) => new StatusJson(context.Terminal).Write(status);
}
