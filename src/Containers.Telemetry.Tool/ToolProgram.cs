using System.Runtime.CompilerServices;
using Containers.Telemetry.Reports.Querying;
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
        catch (QueryException e)
        {
            return Fail(ExitCodes.Usage, $"{e.Problem.Option}: {e.Problem}");
        }
        catch (StoreException e)
        {
            return Fail(ExitCodes.Failure, $"The store cannot be used. {e.Message} containers-telemetry status shows where it is; --store names another.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(ExitCodes.Failure, e.Message);
        }
        catch (Exception e)
        {
            return Fail(ExitCodes.Failure, $"This is a bug in containers-telemetry ({e.GetType().Name}). Please report it with the command that you ran.");
        }
    }

    // The most used command needs no parser if it is the only argument.
    private int RunCommand(string[] arguments) => arguments is ["status"]
        ? new StatusReport(context, new UserData(context)).Print(asJson: false)
        : RunParsed(arguments);

    // A separate method, so that only other commands compile it and load the parser.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int RunParsed(string[] arguments) => new ToolCommandLine(context, arguments.FirstOrDefault()).Run(arguments);

    private int Fail(int exitCode, string message)
    {
        Attempt(context.Terminal.Flush);
        Attempt(() => context.Terminal.WriteError(message));
        return exitCode;
    }

    // Either stream may be unwritable, such as a file on a full disk. Then only the exit code reports it.
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
