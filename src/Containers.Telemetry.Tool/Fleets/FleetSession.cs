using System.Security.Cryptography;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Fleets;

/// <summary>Runs a command's work on the database of a fleet.</summary>
internal static class FleetSession
{
    /// <exception cref="ToolException">It is wrong.</exception>
    public static FleetAddress Parse(string address)
    {
        try
        {
            return FleetAddress.Parse(address);
        }
        catch (FleetException e)
        {
            throw ToolException.Usage(e.Message);
        }
    }

    /// <summary>Sixteen digits that identify a database, for file names.</summary>
    public static string KeyOf(FleetConnection connection) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(connection.Address.ToString())))[..16].ToLowerInvariant();

    /// <summary>Connects, runs the work, and turns its exceptions into an error for the user.</summary>
    /// <param name="address">The address as it was typed.</param>
    /// <param name="limit">The timeout of a statement; null for the default.</param>
    /// <exception cref="ToolException">The address is wrong, or the server cannot be reached or refuses something.</exception>
    public static T Run<T>(ToolContext context, string address, Func<FleetConnection, Task<T>> work, TimeSpan? limit = null) =>
        Ask(context, address, connection => work(connection).GetAwaiter().GetResult(), limit);

    /// <inheritdoc cref="Run"/>
    /// <remarks>A method that calls this loads the database client, so commands that also read a store call it in a separate method.</remarks>
    public static T Ask<T>(ToolContext context, string address, Func<FleetConnection, T> work, TimeSpan? limit = null)
    {
        try
        {
            using var connection = new FleetConnection(Parse(address), FleetCredentials.Read(context.Machine.GetVariable), limit);
            return work(connection);
        }
        catch (FleetException e)
        {
            throw e.Problem is FleetProblem.Address or FleetProblem.Credentials && e.InnerException is null
                ? ToolException.Usage(e.Message)
                : ToolException.Failure(e.Message);
        }
    }
}
