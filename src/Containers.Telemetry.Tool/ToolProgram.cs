using System.Runtime.CompilerServices;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;
using Containers.Telemetry.Tool.Status;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool;

/// <summary>One run of the tool, from its arguments to its exit code.</summary>
internal sealed class ToolProgram(ToolContext context)
{
    /// <summary>Runs a command and returns one of <see cref="ExitCodes"/>. No exception leaves it.</summary>
    public int Run(string[] arguments)
    {
        try
        {
            int exitCode = RunCommand(arguments);
            context.Terminal.Flush();
            return exitCode;
        }
        catch (ToolException e)
        {
            return Fail(e.ExitCode, e.Message);
        }
        catch (StoreException e)
        {
            return Fail(ExitCodes.Failure, $"The store cannot be used. {e.Message} See where it is by containers-telemetry status, or name another with --store.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(ExitCodes.Failure, e.Message);
        }
        catch (Exception e)
        {
            return Fail(ExitCodes.Failure, $"This is a fault of containers-telemetry ({e.GetType().Name}). Please report it with the command that you ran.");
        }
    }

    // The command that people and prompts run most needs no parser where it stands alone.
    private int RunCommand(string[] arguments) => arguments is ["status"]
        ? new StatusReport(context, new UserData(context, namedStore: null)).Print(asJson: false)
        : RunParsed(arguments);

    // Apart, so that it is compiled, and the parser loaded, for those that need it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int RunParsed(string[] arguments) => new ToolCommandLine(context, arguments.FirstOrDefault()).Run(arguments);

    private int Fail(int exitCode, string message)
    {
        Attempt(context.Terminal.Flush);
        Attempt(() => context.Terminal.WriteError(message));
        return exitCode;
    }

    // Either stream may be one that takes nothing, such as a file on a full disk. Then the exit code is left to say it.
    private static void Attempt(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is ToolException or IOException or UnauthorizedAccessException)
        {
        }
    }
}
