using ClickHouse.Driver;

namespace Containers.Telemetry.Fleet.Connection;

/// <summary>Explains an error of a server, by ClickHouse's error code. The server's own text may repeat SQL and values, and is not shown.</summary>
internal static class ServerProblem
{
    /// <summary>Codes of ClickHouse's <c>ErrorCodes</c>.</summary>
    private const int ConnectionLost = 32;
    private const int UnknownTable = 60;
    private const int UnknownDatabase = 81;
    private const int UnknownUser = 192;
    private const int WrongPassword = 193;
    private const int RequiredPassword = 194;
    private const int SocketTimeout = 209;
    private const int NetworkError = 210;
    private const int AllConnectionTriesFailed = 279;
    private const int AccessDenied = 497;
    private const int AuthenticationFailed = 516;

    public static FleetException Of(ClickHouseServerException exception, FleetAddress address) => exception.ErrorCode switch
    {
        UnknownDatabase => new(
            FleetProblem.NoDatabase,
            $"There is no database {address.Database} on {address.Host}. Create it: CREATE DATABASE {address.Database}",
            exception),
        UnknownTable => new(
            FleetProblem.NotInitialized,
            $"The tables are not in {address}. Create them: containers-telemetry fleet init {address} --apply",
            exception),
        UnknownUser or WrongPassword or RequiredPassword or AuthenticationFailed => new(
            FleetProblem.Credentials,
            $"{address.Host} does not accept the credentials. Set {FleetCredentials.UserVariable} and {FleetCredentials.PasswordVariable}.",
            exception),
        AccessDenied => new(
            FleetProblem.Credentials,
            $"The user lacks a permission in {address.Database}. Grant the permissions that docs/fleet.md lists.",
            exception),
        AllConnectionTriesFailed or NetworkError or SocketTimeout or ConnectionLost => new(
            FleetProblem.MissingShard,
            $"A shard of {address} does not answer, so that the numbers would be wrong. Start it, and try again.",
            exception),
        _ => new(
            FleetProblem.Refused,
            string.Create(
                CultureInfo.InvariantCulture,
                $"ClickHouse refused a statement with code {exception.ErrorCode}. " +
                $"Check the server and its version: containers-telemetry fleet check {address}"),
            exception),
    };
}
