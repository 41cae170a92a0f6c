using BenchmarkDotNet.Attributes;
using Containers.Telemetry.Classification;

namespace Containers.Telemetry;

/// <summary>
/// One host of each class, and the slowest host without a class. The budget is 100 ns and no allocation for a host in lower case.
/// </summary>
[MemoryDiagnoser]
public class RegistryClassifierBenchmarks
{
    [Params(
        "contoso.azurecr.io",
        "123456789012.dkr.ecr.us-east-1.amazonaws.com",
        "us-central1-docker.pkg.dev",
        "ghcr.io",
        "docker.io",
        "mcr.microsoft.com",
        "registry.contoso.example",
        "Registry.Contoso.Example.:5000")]
    public string Authority { get; set; } = "";

    [Benchmark]
    public RegistryKind Classify() => RegistryClassifier.Classify(Authority);
}
