namespace Containers.Telemetry.TestInfrastructure;

/// <summary>The authentication scheme of a 401.</summary>
public enum ChallengeScheme
{
    /// <summary>No WWW-Authenticate header.</summary>
    None,

    /// <summary>User and password in each request, as Azure's admin accounts use.</summary>
    Basic,

    /// <summary>A token from the registry's token endpoint, as Docker Hub and GitHub use.</summary>
    Bearer,
}
