namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>The commands of <c>dotnet</c> that can run the target that publishes a container.</summary>
public enum PublishVerb
{
    /// <summary><c>dotnet publish</c>.</summary>
    Publish,

    /// <summary><c>dotnet build</c>; it cannot be told to leave the build out, and the project is up to date.</summary>
    Build,

    /// <summary><c>dotnet msbuild</c>, which sets no property of its own.</summary>
    MSBuild,
}
