using System.Reflection;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Publishing;

/// <summary>Adds to an event what only the user's own sinks get.</summary>
internal static class EventDetails
{
    private static readonly string? PackageVersion = typeof(EventDetails).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];

    /// <summary>Adds identity, timing, use and surroundings.</summary>
    public static void Complete(ContainerEvent containerEvent, ContainerPublish publish)
    {
        FaultInjection.Point("details");
        PublishSettings settings = publish.Settings;
        containerEvent.Set(DetailFields.EventId, UuidV7.Create());
        containerEvent.Set(DetailFields.PublishId, publish.Id);
        containerEvent.Set(DetailFields.SchemaVersion, EventSchema.Version);
        containerEvent.Set(DetailFields.Time, DateTimeOffset.UtcNow);
        containerEvent.Set(DetailFields.Duration, (long)publish.Elapsed.TotalMilliseconds);
        if (!publish.IsInner)
        {
            // The SDK hands settings of its own to the build of one image of several.
            containerEvent.Set(DetailFields.FeaturesUsed, settings.FeaturesUsed);
        }

        containerEvent.Set(DetailFields.Invocation, settings.Invocation);
        AddSurroundings(containerEvent, settings);
    }

    private static void AddSurroundings(ContainerEvent containerEvent, PublishSettings settings)
    {
        var environment = new MachineEnvironment();
        MachineSurroundings machine = MachineSurroundings.Detect(environment);
        MSBuildSurroundings build = MSBuildSurroundings.Detect(environment, settings.BuildingInsideVisualStudio, runtimeType: "Core");

        containerEvent.Set(SurroundingsFields.PackageVersion, PackageVersion);
        containerEvent.Set(SurroundingsFields.SdkVersion, settings.SdkVersion);
        containerEvent.Set(SurroundingsFields.MSBuildVersion, settings.MSBuildVersion);
        containerEvent.Set(SurroundingsFields.Host, build.Host.ToString());
        containerEvent.Set(SurroundingsFields.NodeMode, build.NodeMode.ToString());
        containerEvent.Set(SurroundingsFields.OSFamily, machine.OSFamily.ToString());
        containerEvent.Set(SurroundingsFields.OSVersion, machine.OSVersion?.ToString());
        if (machine.OSFamily is OSFamily.Linux)
        {
            containerEvent.Set(SurroundingsFields.LinuxDistribution, machine.LinuxDistribution.ToString());
            containerEvent.Set(SurroundingsFields.LinuxDistributionVersion, machine.LinuxDistributionVersion?.ToString());
        }

        containerEvent.Set(SurroundingsFields.Architecture, machine.Architecture.ToString());
        containerEvent.Set(SurroundingsFields.IsWsl, machine.IsWsl);
        containerEvent.Set(SurroundingsFields.ContainerRuntime, machine.ContainerRuntime.ToString());
        containerEvent.Set(SurroundingsFields.CiProvider, machine.CiProvider.ToString());
        containerEvent.Set(SurroundingsFields.AgentEnvironment, machine.AgentEnvironment.ToString());
        containerEvent.Set(SurroundingsFields.Country, machine.Country?.ToString());
    }
}
