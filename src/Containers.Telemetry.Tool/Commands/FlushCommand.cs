using System.CommandLine;
using Containers.Telemetry.Tool.Flush;

namespace Containers.Telemetry.Tool.Commands;

internal sealed class FlushCommand : StoreCommand
{
    private const int DefaultSeconds = 60;

    // The most that a cancellation can be put off for.
    private const int MostSeconds = int.MaxValue / 1000;

    private readonly Option<int> _timeout;

    public FlushCommand(ToolContext context, Option<string?> store)
        : base(context, store, "flush", "Sends now what waits to be sent, instead of with the next publish.")
    {
        _timeout = With(new Option<int>("--timeout")
        {
            DefaultValueFactory = static _ => DefaultSeconds,
            Description = $"The seconds that sending to one endpoint may take ({DefaultSeconds})",
            HelpName = "SECONDS",
        });
        _timeout.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out int seconds) && seconds is > 0 and < MostSeconds))
            {
                result.AddError("--timeout takes a number of seconds");
            }
        });
    }

    public override IReadOnlyList<string> Examples => ["flush", "flush --timeout 300"];

    public override string MeaningOfNo => "something still waits, or was rejected";

    protected override int Run(ParseResult arguments) =>
        new OutboxFlush(Context, DataOf(arguments), TimeSpan.FromSeconds(arguments.GetValue(_timeout))).Run();
}
