using System.Runtime.CompilerServices;
using Containers.Telemetry.Consent;
using Containers.Telemetry.Settings;
using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Publishing;

/// <summary>Shows the notice to a person at a terminal, after the build.</summary>
/// <remarks>
/// The terminal logger shows no message of a task, and draws over what others write while it draws. So the notice comes when the process
/// ends that the person has started: the loggers are done by then, whichever they are, and nothing of it is in a log.
/// </remarks>
internal static class FirstUseNotice
{
    /// <summary>Has the notice shown when this process ends, if it is due.</summary>
    /// <param name="storeFolder">Full path of the folder that events are stored in; null for none.</param>
    /// <param name="endpointHosts">Names of the hosts that events are sent to; empty for none.</param>
    public static void Schedule(string? storeFolder, IReadOnlyList<string> endpointHosts)
    {
        FaultInjection.Point("notice");
        if (ConfigFolder.OfUser() is { } folder && !Notice.IsShown(folder) && IsTerminal())
        {
            ScheduleAtDesk(folder, storeFolder, endpointHosts);
        }
    }

    // On its own, so that what it needs is compiled but once a user.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ScheduleAtDesk(ConfigFolder folder, string? storeFolder, IReadOnlyList<string> endpointHosts)
    {
        if (Desk.IsPersonListening(new MachineEnvironment()))
        {
            string text = Notice.Text(storeFolder, endpointHosts);
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
                Console.Error.Write(text);
            }
        }
        catch (Exception)
        {
            // The terminal may be gone. An exception here would be the exit code of the build.
        }
    }
}
