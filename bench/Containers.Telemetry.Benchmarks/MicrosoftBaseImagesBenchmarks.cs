using BenchmarkDotNet.Attributes;
using Containers.Telemetry.Classification;

namespace Containers.Telemetry;

/// <summary>The cost of one inference event. The budget for name and tag together is 500 ns.</summary>
[MemoryDiagnoser]
public class MicrosoftBaseImagesBenchmarks
{
    [Params("8.0", "8.0.11-azurelinux3.0-distroless-composite-extra-arm64v8", "8.0-payments")]
    public string Tag { get; set; } = "";

    [Params("dotnet/aspnet", "playwright/dotnet")]
    public string Repository { get; set; } = "";

    [Benchmark]
    public string? NameAndTag() =>
        MicrosoftBaseImages.CanonicalName("mcr.microsoft.com", Repository) is { } name ? MicrosoftBaseImages.CanonicalTag(name, Tag) : null;
}
