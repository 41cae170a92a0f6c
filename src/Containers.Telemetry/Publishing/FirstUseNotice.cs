using System.Runtime.CompilerServices;
using Containers.Telemetry.Consent;
using Containers.Telemetry.Delivery;
using Containers.Telemetry.Output;
using Containers.Telemetry.Surroundings;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Publishing;

/// <summary>Shows the notice to a person at a terminal, after the build.</summary>
/// <remarks>
/// The terminal logger shows no message of a task, and draws over what others write while it draws. So the notice comes when the process
/// ends that the person has started: the loggers are done by then, whichever they are, and nothing of it is in a log.
/// </remarks>
internal static class FirstUseNotice
{
    /// <summary>Has the notice shown when this process ends, if it is due.</summary>
    /// <param name="telemetry">What the notice is about.</param>
    public static void Schedule(ProjectTelemetry telemetry)
    {
        FaultInjection.Point("notice");
        if (ConfigFolder.OfUser() is { } folder && !Notice.IsShown(folder) && IsTerminal())
        {
            ScheduleAtDesk(folder, telemetry);
        }
    }

    // On its own, so that what it needs is compiled but once a user.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ScheduleAtDesk(ConfigFolder folder, ProjectTelemetry telemetry)
    {
        if (Desk.IsPersonListening(MachineEnvironment.Current))
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
            // The terminal may be gone. An exception here would be the exit code of the build.
        }
    }
}
