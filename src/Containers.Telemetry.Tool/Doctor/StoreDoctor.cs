using Containers.Telemetry.Store;
using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Doctor;

/// <summary>Sees whether events can be kept.</summary>
internal sealed class StoreDoctor(UserData data)
{
    public IEnumerable<CheckResult> Check()
    {
        if (data.Folder.Problem is { } problem)
        {
            yield return new CheckResult("store-setting", Verdict.Warning, $"{problem.Code}: {problem.Text}", "Correct the setting.");
        }

        yield return CheckFolder();
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
            return new CheckResult("store", Verdict.Warning, $"Events cannot be stored in {data.EventsPath}. {e.Message}", RemedyOf(e.Fault));
        }
    }

    private string RemedyOf(StoreFault fault) => fault switch
    {
        StoreFault.WritableByOthers => $"Run chmod go-w {ShellWord.Quote(data.EventsPath)}.",
        StoreFault.NotAFile => $"Look into {ShellWord.Quote(data.EventsPath)} and remove what is no file, such as a named pipe.",
        StoreFault.SymbolicLink => "Remove the link, or set CONTAINERS_TELEMETRY_STORE to another folder.",
        StoreFault.DiskFull => "Make room on the disk, or set CONTAINERS_TELEMETRY_STORE to a folder on another.",
        _ => "Make it a folder that you may write to, or set CONTAINERS_TELEMETRY_STORE to another.",
    };
}
