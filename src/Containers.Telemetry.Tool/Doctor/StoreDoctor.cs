using Containers.Telemetry.Outboxes;
using Containers.Telemetry.Store;
using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Doctor;

/// <summary>Sees whether events can be kept.</summary>
internal sealed class StoreDoctor(UserData data, ConfigFolder? settings)
{
    public IEnumerable<CheckResult> Check()
    {
        if (data.Folder.Problem is { } problem)
        {
            yield return new CheckResult("store-setting", Verdict.Warning, $"{problem.Code}: {problem.Text}", "Correct the setting.");
        }

        yield return CheckFolder();
        if (data.Folder.Path is not null && Outbox.FindFault(data.OutboxPath) is { } outbox)
        {
            yield return new CheckResult("outbox", Verdict.Warning, $"Events cannot wait in {data.OutboxPath}. {outbox.Message}", RemedyOf(outbox));
        }

        if (settings?.FindFault() is { } fault)
        {
            yield return new CheckResult("settings", Verdict.Warning, $"Identities in {settings.Path} are not used. {fault.Message}", RemedyOf(fault));
        }
    }

    private CheckResult CheckFolder()
    {
        if (data.Folder.Path is not { } folder)
        {
            return new CheckResult("store", Verdict.Warning, "There is no folder for the store: this user has no home.", "Set CONTAINERS_TELEMETRY_STORE to a folder.");
        }

        try
        {
            new SegmentedLog(data.EventsPath, new SegmentedLogLimits()).EnsureWritable();
            return new CheckResult("store", Verdict.Good, $"Events can be stored in {folder}.");
        }
        catch (StoreException e)
        {
            return new CheckResult("store", Verdict.Warning, $"Events cannot be stored in {data.EventsPath}. {e.Message}", RemedyOf(e));
        }
    }

    private string RemedyOf(StoreException problem) => problem.Fault switch
    {
        StoreFault.WritableByOthers when OperatingSystem.IsWindows() => $"Run icacls {ShellWord.Quote(PathOf(problem.Folder))} /inheritance:r /grant:r %USERNAME%:(OI)(CI)F /t.",
        StoreFault.WritableByOthers => $"Run chmod -R go-w {ShellWord.Quote(PathOf(problem.Folder))}.",
        StoreFault.OwnedByOther => $"Run {(OperatingSystem.IsWindows() ? "move" : "mv")} {ShellWord.Quote(PathOf(problem.Folder))} {ShellWord.Quote(PathOf(problem.Folder) + ".old")}, or work as its owner.",
        StoreFault.NotAFile => $"Look into {ShellWord.Quote(data.EventsPath)} and remove what is no file, such as a named pipe.",
        StoreFault.SymbolicLink => "Remove the link, or set CONTAINERS_TELEMETRY_STORE to another folder.",
        StoreFault.DiskFull => "Make room on the disk, or set CONTAINERS_TELEMETRY_STORE to a folder on another.",
        _ => "Make it a folder that you may write to, or set CONTAINERS_TELEMETRY_STORE to another.",
    };

    private string PathOf(UserFolder folder) => folder switch
    {
        UserFolder.Store => data.StorePath,
        UserFolder.Outbox => data.OutboxPath,
        UserFolder.Settings => settings!.Path,
        _ => data.EventsPath,
    };
}
