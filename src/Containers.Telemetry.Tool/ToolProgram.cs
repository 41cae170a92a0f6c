using System.Runtime.CompilerServices;
using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Status;

namespace Containers.Telemetry.Tool;

/// <summary>One run of the tool, from its arguments to its exit code.</summary>
internal sealed class ToolProgram(ToolContext context)
{
    /// <summary>Runs a command and returns one of <see cref="ExitCodes"/>. No exception leaves it.</summary>
    public int Run(string[] arguments)
    {
        try
        {
            return RunCommand(arguments);
        }
        catch (ToolException e)
        {
            return Fail(e.ExitCode, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(ExitCodes.Failure, e.Message);
        }
        catch (Exception e)
        {
            return Fail(ExitCodes.Failure, $"This is a fault of containers-telemetry ({e.GetType().Name}). Please report it with the command that you ran.");
        }
        finally
        {
            context.Terminal.Flush();
        }
    }

    // The command that people and prompts run most needs no parser where it stands alone.
    private int RunCommand(string[] arguments) => arguments is ["status"]
        ? new StatusReport(context, new UserData(context, namedStore: null)).Print(asJson: false)
        : RunParsed(arguments);

    // Apart, so that it is compiled, and the parser loaded, for those that need it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int RunParsed(string[] arguments) => new ToolCommandLine(context).Run(arguments);

    private int Fail(int exitCode, string message)
    {
        context.Terminal.Flush();
        context.Terminal.WriteError(message);
        return exitCode;
    }
}
