using Containers.Telemetry.Identity;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.Store;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Doctor;

/// <summary>Checks whether events can be stored.</summary>
internal sealed class StoreDoctor(UserData data, ConfigFolder? settings, DateTimeOffset now)
{
    private readonly StoreRemedy _remedy = new(data, settings);

    public IEnumerable<CheckResult> Check()
    {
        if (data.Folder.Problem is { } problem)
        {
            yield return new CheckResult("store-setting", Verdict.Warning, $"{problem.Code}: {problem.Text}", "Correct the setting.");
        }

        yield return CheckFolder();
        if (data.Folder.Path is not null && Outbox.FindRefusal(data.OutboxPath) is { } outbox)
        {
            yield return new CheckResult("outbox", Verdict.Warning, $"Events cannot wait in {data.OutboxPath}. {outbox.Message}", _remedy.For(outbox));
        }

        if (data.Folder.Path is not null && OwnerOnlyFolder.FindRefusal(data.DatasetPath, UserFolder.Dataset) is { } dataset)
        {
            yield return new CheckResult("dataset", Verdict.Warning, $"No dataset can be made in {data.DatasetPath}. {dataset.Message}", _remedy.For(dataset));
        }

        if (settings?.FindRefusal() is { } fault)
        {
            yield return new CheckResult("settings", Verdict.Warning, $"Identities in {settings.Path} are not used. {fault.Message}", _remedy.For(fault));
        }
        else if (settings is not null && UserIdentity.Find(settings, now) is null && !CanWrite(settings))
        {
            yield return new CheckResult(
                "settings",
                Verdict.Warning,
                $"Identities cannot be stored in {settings.Path}, so events have no id of the user or the project.",
                "Make it a folder that you may write to.");
        }
    }

    private static bool CanWrite(ConfigFolder settings)
    {
        bool existed = Directory.Exists(settings.Path);
        var probe = new ConfigFile(settings, $"{Guid.NewGuid():N}");
        bool isWritten = probe.Replace("") && probe.Delete();
        if (!existed && isWritten)
        {
            Directory.Delete(settings.Path);
        }

        return isWritten;
    }

    private CheckResult CheckFolder()
    {
        if (data.Folder.Path is not { } folder)
        {
            return new CheckResult(
                "store",
                Verdict.Warning,
                "There is no folder for the store: this user has no home.",
                "Set CONTAINERS_TELEMETRY_STORE to a folder.");
        }

        try
        {
            new SegmentedLog(data.EventsPath, new SegmentedLogLimits()).EnsureWritable();
            return new CheckResult("store", Verdict.Good, $"Events can be stored in {folder}.");
        }
        catch (StoreException e)
        {
            return new CheckResult("store", Verdict.Warning, $"Events cannot be stored in {data.EventsPath}. {e.Message}", _remedy.For(e));
        }
    }
}
