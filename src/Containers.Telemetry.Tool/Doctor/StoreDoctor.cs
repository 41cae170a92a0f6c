using Containers.Telemetry.Outboxes;
using Containers.Telemetry.Store;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Doctor;

/// <summary>Checks whether events can be stored.</summary>
internal sealed class StoreDoctor(UserData data, ConfigFolder? settings)
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
