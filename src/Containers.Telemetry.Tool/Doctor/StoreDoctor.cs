using Containers.Telemetry.Tool.Data;

namespace Containers.Telemetry.Tool.Doctor;

/// <summary>Sees whether events can be kept.</summary>
internal sealed class StoreDoctor(UserData data)
{
    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

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

        string events = data.EventsPath;
        try
        {
            CreateFolder(events);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(events) & OthersWrite) != 0)
            {
                return new CheckResult("store", Verdict.Warning, $"Other users may write to {events}, so no event is stored there.", $"Run chmod go-w {events}.");
            }

            string probe = Path.Combine(events, $"doctor-{Guid.NewGuid():N}.tmp");
            File.Create(probe, 1, FileOptions.DeleteOnClose).Dispose();
            return new CheckResult("store", Verdict.Good, $"Events can be stored in {folder}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new CheckResult("store", Verdict.Warning, $"Events cannot be stored in {folder}.", "Make it a folder that you may write to, or set CONTAINERS_TELEMETRY_STORE to another.");
        }
    }

    private static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
