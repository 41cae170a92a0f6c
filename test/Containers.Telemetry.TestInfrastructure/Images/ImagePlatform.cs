namespace Containers.Telemetry.TestInfrastructure;

/// <summary>The platform of an image, in the terms of an OCI index.</summary>
/// <param name="Os">Such as <c>linux</c>.</param>
/// <param name="Architecture">A GOARCH value such as <c>amd64</c>.</param>
/// <param name="Variant">Such as <c>v7</c> for <c>arm</c>.</param>
/// <param name="OsVersion">For Windows such as <c>10.0.20348.4171</c>.</param>
public sealed record ImagePlatform(string Os, string Architecture, string? Variant = null, string? OsVersion = null)
{
    public static ImagePlatform LinuxAmd64 { get; } = new("linux", "amd64");

    public static ImagePlatform LinuxArm64 { get; } = new("linux", "arm64");

    public static ImagePlatform LinuxArm32 { get; } = new("linux", "arm", "v7");

    /// <summary>Windows Server 2022.</summary>
    public static ImagePlatform WindowsAmd64 { get; } = new("windows", "amd64", OsVersion: "10.0.20348.4171");
}
