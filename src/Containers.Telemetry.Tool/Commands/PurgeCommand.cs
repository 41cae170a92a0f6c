using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Commands;

internal sealed class PurgeCommand : StoreCommand
{
    private readonly MomentOption _before;
    private readonly Option<bool> _yes;

    public PurgeCommand(ToolContext context, Option<string?> store)
        : base(context, store, "purge", "Deletes events from the store and from the outbox. Asks first.")
    {
        _before = With(new MomentOption("--before", "Only events from before this moment", context.Clock));
        _yes = With(new Option<bool>("--yes", "-y") { Description = "Does not ask" });
    }

    public override IReadOnlyList<string> Examples => ["purge", "purge --before 30d --yes", "purge --before 2026-10-01"];

    public override string MeaningOfNo => "you said no, or some events could not be deleted";

    protected override int Run(ParseResult arguments)
    {
        Terminal terminal = Context.Terminal;
        DateTimeOffset? before = _before.In(arguments);
        UserData data = DataOf(arguments);
        var store = new StorePurge(data.EventsPath, Context.Clock);
        StorePurge[] outbox = [.. data.OutboxLogs().Select(folder => new StorePurge(folder, Context.Clock, UserFolder.Outbox))];
        long stored = store.Count(before);
        long waiting = outbox.Sum(log => log.Count(before));
        string when = before is { } moment ? $" from before {HumanFormat.Moment(moment, Context.Clock.LocalTimeZone)}" : "";
        long unreadable = store.UnreadableFiles + outbox.Sum(log => log.UnreadableFiles);
        IReadOnlyList<string> others = StoredLines.OtherFilesIn(data.EventsPath);
        if (stored + waiting == 0)
        {
            if (unreadable + others.Count > 0)
            {
                return Leave(unreadable, others, data);
            }

            terminal.WriteLine($"There are no events{when} in {data.StorePath}.");
            return ExitCodes.Done;
        }

        if (!arguments.GetValue(_yes))
        {
            if (!terminal.IsInteractive)
            {
                throw ToolException.Usage("This is not an interactive terminal. Pass --yes to skip confirmation.");
            }

            if (terminal.Confirm($"Delete {HumanFormat.Count(stored, "event")}{when}{AndUnsent(waiting)} in {data.StorePath}?") is not true)
            {
                terminal.WriteLine("Nothing is deleted.");
                return ExitCodes.No;
            }
        }

        long deleted = store.Delete(before);
        long unsent = outbox.Sum(log => log.Delete(before));
        terminal.WriteLine($"Deleted {HumanFormat.Count(deleted, "event")}{when}{AndUnsent(unsent)}.");
        if (deleted < stored || unsent < waiting)
        {
            terminal.WriteNote("note: A publish is storing or sending events, so some could not be deleted. Run the command again.");
            return ExitCodes.No;
        }

        return unreadable + others.Count > 0 ? Leave(unreadable, others, data) : ExitCodes.Done;
    }

    private static string AndUnsent(long count) => count > 0 ? $" and {HumanFormat.Count(count, "record that waits", "records that wait")} to be sent" : "";

    private int Leave(long unreadable, IReadOnlyList<string> others, UserData data)
    {
        if (unreadable > 0)
        {
            Context.Terminal.WriteNote(
                $"note: {HumanFormat.Count(unreadable, "file is", "files are")} left that this user may not read. " +
                $"Delete the folder {data.StorePath}, or have its owner do it.");
        }

        if (others.Count > 0)
        {
            string them = others.Count == 1 ? "it" : "them";
            Context.Terminal.WriteNote(
                $"note: {HumanFormat.Count(others.Count, "file is", "files are")} left that no publish has written, such as {others[0]}. " +
                $"Reports read {them}. Delete {them} yourself.");
        }

        return ExitCodes.No;
    }
}
