namespace Containers.Telemetry.TestInfrastructure;

/// <summary>How a 401 asks the client to authenticate.</summary>
public enum ChallengeScheme
{
    /// <summary>Without a WWW-Authenticate header.</summary>
    None,

    /// <summary>With user and password at each request, as Azure's admin accounts do.</summary>
    Basic,

    /// <summary>With a token from the registry's token endpoint, as Docker Hub and GitHub do.</summary>
    Bearer,
}
