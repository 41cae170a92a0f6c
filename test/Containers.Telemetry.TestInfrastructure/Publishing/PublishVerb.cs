namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>The commands of <c>dotnet</c> that can run the target that publishes a container.</summary>
public enum PublishVerb
{
    /// <summary><c>dotnet publish</c>.</summary>
    Publish,

    /// <summary><c>dotnet build</c>, which always builds. The project is up to date.</summary>
    Build,

    /// <summary><c>dotnet msbuild</c>, which sets no property of its own.</summary>
    MSBuild,
}
