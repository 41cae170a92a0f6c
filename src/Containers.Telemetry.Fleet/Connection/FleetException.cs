namespace Containers.Telemetry.Fleet.Connection;

/// <summary>Something about a fleet's database that its user can mend. The message is one line: what is wrong, and what mends it.</summary>
/// <param name="problem">What kind of problem it is.</param>
/// <param name="message">What is wrong, and what mends it.</param>
/// <param name="inner">The cause; null for none.</param>
public sealed class FleetException(FleetProblem problem, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What kind of problem it is.</summary>
    public FleetProblem Problem { get; } = problem;
}

/// <summary>Kinds of <see cref="FleetException"/>.</summary>
public enum FleetProblem
{
    /// <summary>The address is not of the form, or has a part that does not belong in it.</summary>
    Address,

    /// <summary>The server does not accept the credentials, or they cannot be read.</summary>
    Credentials,

    /// <summary>Nothing answers at the address, or the connection broke.</summary>
    Unreachable,

    /// <summary>The certificate of the server is not trusted, or the port has no TLS.</summary>
    Certificate,

    /// <summary>There is no such database.</summary>
    NoDatabase,

    /// <summary>The tables are not there, or are older than this version of the tool.</summary>
    NotInitialized,

    /// <summary>A table of that name is there, and something else made it.</summary>
    ForeignTable,

    /// <summary>A shard does not answer, so that a number would be wrong.</summary>
    MissingShard,

    /// <summary>The server is too old, or refused a statement.</summary>
    Refused,
}
