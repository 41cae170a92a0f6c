using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Data;

/// <summary>The remedy for an unusable folder of the user: a command, if there is one.</summary>
internal sealed class StoreRemedy(UserData data, ConfigFolder? settings)
{
    public string For(StoreException problem) => problem.Fault switch
    {
        StoreFault.WritableByOthers when OperatingSystem.IsWindows() =>
            $"Run icacls {ShellWord.Quote(PathOf(problem.Folder))} /inheritance:r /grant:r %USERNAME%:(OI)(CI)F /t.",
        StoreFault.WritableByOthers => $"Run chmod -R go-w {ShellWord.Quote(PathOf(problem.Folder))}.",
        StoreFault.OwnedByOther =>
            $"Run {(OperatingSystem.IsWindows() ? "move" : "mv")} {ShellWord.Quote(PathOf(problem.Folder))} " +
            $"{ShellWord.Quote(PathOf(problem.Folder) + ".old")}, or work as its owner.",
        StoreFault.NotAFile => $"Look into {ShellWord.Quote(data.EventsPath)} and remove everything that is not a file, such as a named pipe.",
        StoreFault.SymbolicLink => "Remove the link, or set CONTAINERS_TELEMETRY_STORE to another folder.",
        StoreFault.DiskFull => "Make room on the disk, or set CONTAINERS_TELEMETRY_STORE to a folder on another disk.",
        _ => "Make it a folder that you may write to, or set CONTAINERS_TELEMETRY_STORE to another.",
    };

    private string PathOf(UserFolder folder) => folder switch
    {
        UserFolder.Store => data.StorePath,
        UserFolder.Outbox => data.OutboxPath,
        UserFolder.Dataset => data.DatasetPath,
        UserFolder.Settings => settings!.Path,
        _ => data.EventsPath,
    };
}
