namespace Containers.Telemetry.Fleet.Connection;

/// <summary>A problem of a fleet's database that its user can fix. The message is one line: the problem and the remedy.</summary>
/// <remarks>Each method that asks the server throws it where nothing answers, the server refuses, or the tables are not there.</remarks>
public sealed class FleetException(FleetProblem problem, string message, Exception? inner = null) : Exception(message, inner)
{
    public FleetProblem Problem { get; } = problem;
}

/// <summary>Kinds of <see cref="FleetException"/>.</summary>
public enum FleetProblem
{
    /// <summary>The address is invalid, or has an unexpected part.</summary>
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

    /// <summary>A table of that name exists that something else created.</summary>
    ForeignTable,

    /// <summary>A shard does not answer, so that a number would be wrong.</summary>
    MissingShard,

    /// <summary>The server is too old, or refused a statement.</summary>
    Refused,
}
