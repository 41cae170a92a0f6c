using System.Reflection;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Delivery;

/// <summary>The surroundings of a build, detected once for all events of a project.</summary>
internal sealed class BuildSurroundings(TelemetrySettings settings)
{
    public static readonly string? PackageVersion = typeof(BuildSurroundings).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];

    private readonly MachineSurroundings _machine = MachineSurroundings.Detect(MachineEnvironment.Current);
    private readonly MSBuildSurroundings _build =
        MSBuildSurroundings.Detect(MachineEnvironment.Current, settings.BuildingInsideVisualStudio, runtimeType: "Core");

    public bool IsContinuousIntegration => _machine.CiProvider is not CiProvider.None;

    public void AddTo(ContainerEvent containerEvent)
    {
        containerEvent.Set(SurroundingsFields.PackageVersion, PackageVersion);
        containerEvent.Set(SurroundingsFields.SdkVersion, settings.SdkVersion);
        containerEvent.Set(SurroundingsFields.MSBuildVersion, settings.MSBuildVersion);
        containerEvent.Set(SurroundingsFields.Host, _build.Host.ToString());
        containerEvent.Set(SurroundingsFields.NodeMode, _build.NodeMode.ToString());
        containerEvent.Set(SurroundingsFields.OSFamily, _machine.OSFamily.ToString());
        containerEvent.Set(SurroundingsFields.OSVersion, _machine.OSVersion?.ToString());
        if (_machine.OSFamily is OSFamily.Linux)
        {
            containerEvent.Set(SurroundingsFields.LinuxDistribution, _machine.LinuxDistribution.ToString());
            containerEvent.Set(SurroundingsFields.LinuxDistributionVersion, _machine.LinuxDistributionVersion?.ToString());
        }

        containerEvent.Set(SurroundingsFields.Architecture, _machine.Architecture.ToString());
        containerEvent.Set(SurroundingsFields.IsWsl, _machine.IsWsl);
        containerEvent.Set(SurroundingsFields.ContainerRuntime, _machine.ContainerRuntime.ToString());
        containerEvent.Set(SurroundingsFields.CiProvider, _machine.CiProvider.ToString());
        containerEvent.Set(SurroundingsFields.AgentEnvironment, _machine.AgentEnvironment.ToString());
        containerEvent.Set(SurroundingsFields.Country, _machine.Country?.ToString());
    }
}
