using Containers.Telemetry.Tool.Sdks;

namespace Containers.Telemetry.Tool.Status;

/// <summary>An SDK that is installed.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Support">What the package does in its publishes.</param>
internal sealed record SdkStatus(string Version, SdkSupport Support);
