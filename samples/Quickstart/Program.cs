using System.Runtime.InteropServices;
using Containers.Telemetry.Quickstart;
using Containers.Telemetry.TestInfrastructure.Publishing;
using Spectre.Console;

const int Right = 0;
const int Wrong = 1;
const int NotRun = 2;
const int Interrupted = 130;

QuickstartOptions options;
try
{
    options = QuickstartOptions.Parse(args);
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return NotRun;
}

if (options.Help)
{
    Console.WriteLine(QuickstartOptions.Usage);
    return Right;
}

if (!OperatingSystem.IsLinux())
{
    Console.Error.WriteLine("The quickstart needs Linux (WSL will do): elsewhere a process cannot be given a certificate authority of its own.");
    return NotRun;
}

using var interruption = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);

bool isTerminal = !Console.IsOutputRedirected;
var console = AnsiConsole.Create(new AnsiConsoleSettings
{
    Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
    Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
    // A CI system may show colours, but it is not a terminal.
    Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
});

var folder = new TemporaryFolder();
try
{
    return await new Demonstration(console, options.Verbose).RunAsync(folder.Path, interruption.Token) ? Right : Wrong;
}
catch (OperationCanceledException) when (interruption.IsCancellationRequested)
{
    Console.Error.WriteLine("Interrupted.");
    return Interrupted;
}
catch (Exception e) when (e is InvalidOperationException or IOException or TimeoutException)
{
    Console.Error.WriteLine(e.Message);
    return NotRun;
}
finally
{
    if (options.Keep)
    {
        Console.WriteLine($"Kept: {folder.Path}");
    }
    else
    {
        folder.Dispose();
    }
}

void Cancel(PosixSignalContext context)
{
    context.Cancel = true;
    interruption.Cancel();
}
