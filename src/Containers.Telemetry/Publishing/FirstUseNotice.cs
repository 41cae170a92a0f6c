using System.Runtime.CompilerServices;
using Containers.Telemetry.Consent;
using Containers.Telemetry.Delivery;
using Containers.Telemetry.Output;
using Containers.Telemetry.Surroundings;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Publishing;

/// <summary>Shows the notice to a person at a terminal, after the build.</summary>
/// <remarks>
/// The terminal logger hides messages of tasks, and overwrites other output while it draws. So the notice comes when the process that the user
/// started ends: all loggers are done by then, and no log contains it.
/// </remarks>
internal static class FirstUseNotice
{
    /// <summary>Shows the notice when this process ends, if it is due.</summary>
    public static void Schedule(ProjectTelemetry telemetry)
    {
        FaultInjection.Point("notice");
        if (ConfigFolder.OfUser() is { } folder && !Notice.IsShown(folder) && IsTerminal())
        {
            ScheduleAtDesk(folder, telemetry);
        }
    }

    // A separate method, so that it is compiled only for the first publish of a user.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ScheduleAtDesk(ConfigFolder folder, ProjectTelemetry telemetry)
    {
        if (InteractiveUser.IsListening(MachineEnvironment.Current))
        {
            string text = Notice.Text(telemetry.StoreFolder, telemetry.ListEndpointHosts());
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Show(folder, text);
        }
    }

    private static bool IsTerminal() => !Console.IsOutputRedirected && !Console.IsErrorRedirected;

    private static void Show(ConfigFolder folder, string text)
    {
        try
        {
            if (Notice.TryClaim(folder))
            {
                Console.Error.Write(HarmlessText.Lines(text));
            }
        }
        catch (Exception)
        {
            // The terminal may be closed. An exception here would change the exit code of the build.
        }
    }
}
