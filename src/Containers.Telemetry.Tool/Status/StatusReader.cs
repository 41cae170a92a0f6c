using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Identity;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.Settings;
using Containers.Telemetry.Store;
using Containers.Telemetry.Tool.Consenting;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Sdks;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Status;

/// <summary>Reads the status of consent, store, endpoints and SDKs.</summary>
/// <remarks>The most used command: its code is kept small, since all of it is compiled in each process.</remarks>
internal sealed class StatusReader(ToolContext context, UserData data)
{
    public TelemetryStatus Read()
    {
        var problems = new List<SettingProblem>();
        if (data.Folder.Problem is { } problem)
        {
            problems.Add(problem);
        }

        if (IsOptOutMalformed())
        {
            problems.Add(new SettingProblem(Diagnostics.OptOutVariable.Code, Diagnostics.OptOutVariable.Text));
        }

        OtlpSettings? endpoints = OtlpSettings.Resolve(endpoint: null, allowInsecureEndpoint: null, context.Machine.GetVariable, problems);
        ConsentChoice choice = context.Config is null ? ConsentChoice.None : StoredConsent.Read(context.Config);
        StoreSummary? store = null;
        StoreException? refusal = data.Folder.Path is { } folder ? StoreLayout.FindRefusal(folder) ?? FindWriteFault() : null;
        string? fault = refusal is null ? null : "Events are not stored. " + refusal.What;
        try
        {
            store = data.Folder.Path is null ? null : StoreSummary.Read(data.EventsPath);
        }
        catch (StoreException e)
        {
            fault ??= e.Message;
        }

        return new TelemetryStatus
        {
            AnonymousId = context.Config is null ? null : UserIdentity.Find(context.Config, context.Clock.GetUtcNow()),
            Choice = choice,
            Endpoints = endpoints,
            IsCliOptedOut = ConsentRules.IsCliOptedOut(context.Machine),
            Outboxes = data.Folder.Path is null ? [] : ReadOutboxes(endpoints),
            Problems = problems,
            Rule = ConsentRules.Decide(context.Machine, choice),
            Sdks = ReadSdks(),
            Store = store,
            StoreFault = fault,
            StoreRemedy = refusal is null ? null : new StoreRemedy(data, context.Config).For(refusal),
            StorePath = data.Folder.Path,
        };
    }

    // A store that does not exist yet is not created only to be checked.
    private StoreException? FindWriteFault()
    {
        try
        {
            if (Directory.Exists(data.EventsPath))
            {
                new SegmentedLog(data.EventsPath, new SegmentedLogLimits()).EnsureWritable();
            }

            return null;
        }
        catch (StoreException e)
        {
            return e;
        }
    }

    // A build warns of it, too: CTEL0003 of the package's targets.
    private bool IsOptOutMalformed()
    {
        string? value = context.Machine.GetVariable("CONTAINERS_TELEMETRY_OPTOUT");
        return !string.IsNullOrWhiteSpace(value)
            && ConsentRules.Decide(new ConsentInputs { OptOutVariable = value }).Source is not ConsentSource.OptOutVariable;
    }

    private List<DestinationStatus> ReadOutboxes(OtlpSettings? endpoints)
    {
        var outboxes = new List<DestinationStatus>();
        IReadOnlyList<OtlpDestination> destinations;
        try
        {
            StoreFolder.Require(data.OutboxPath);
            destinations = Outbox.FindDestinations(data.OutboxPath, endpoints);
        }
        catch (StoreException e)
        {
            return [new DestinationStatus(null, null, e.Message)];
        }

        foreach (OtlpDestination destination in destinations)
        {
            try
            {
                outboxes.Add(new DestinationStatus(destination, new Outbox(data.OutboxPath, destination, time: context.Clock).GetStatus(), null));
            }
            catch (StoreException e)
            {
                outboxes.Add(new DestinationStatus(destination, null, e.Message));
            }
        }

        return outboxes;
    }

    private List<SdkStatus> ReadSdks()
    {
        var sdks = new List<SdkStatus>();
        try
        {
            foreach (string folder in new InstalledSdks(context.Machine).Folders())
            {
                var targets = ContainerTargets.OfSdk(folder, PackageTargets.OfThisTool);
                sdks.Add(new SdkStatus(Path.GetFileName(folder), targets.Exist, targets.Exist && !targets.AreKnown ? targets.FindObstacle() : null));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A user does not publish with an SDK that they may not read.
        }

        return sdks;
    }
}
