using System.CommandLine.Invocation;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.CommandLine;

/// <summary>Prints the version of the tool and of its package.</summary>
internal sealed class VersionText(Terminal terminal) : SynchronousCommandLineAction
{
    public static string OfTool => typeof(VersionText).Assembly.GetName().Version!.ToString(fieldCount: 3);

    public override int Invoke(ParseResult parseResult)
    {
        terminal.WriteLine(OfTool);
        return ExitCodes.Done;
    }
}
