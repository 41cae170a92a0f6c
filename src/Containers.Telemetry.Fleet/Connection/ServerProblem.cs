using System.Text.RegularExpressions;
using ClickHouse.Driver;

namespace Containers.Telemetry.Fleet.Connection;

/// <summary>Explains an error of a server, by ClickHouse's error code. The server's own text may repeat SQL and values, and is not shown.</summary>
internal static partial class ServerProblem
{
    /// <summary>Codes of ClickHouse's <c>ErrorCodes</c>.</summary>
    private const int ConnectionLost = 32;
    private const int UnknownTable = 60;
    private const int UnknownDatabase = 81;
    private const int NoMacroOrKeeper = 139;
    private const int RowsExceeded = 158;
    private const int TimeExceeded = 159;
    private const int TooSlow = 160;
    private const int ReadOnlyUser = 164;
    private const int UnknownClusterBefore = 170;
    private const int UnknownUser = 192;
    private const int WrongPassword = 193;
    private const int RequiredPassword = 194;
    private const int QuotaExceeded = 201;
    private const int SocketTimeout = 209;
    private const int NetworkError = 210;
    private const int NoKeeper = 225;
    private const int MemoryExceeded = 241;
    private const int ReadOnlyTable = 242;
    private const int ReplicaExists = 253;
    private const int AllConnectionTriesFailed = 279;
    private const int AccessDenied = 497;
    private const int AuthenticationFailed = 516;
    private const int UnknownCluster = 701;
    private const int KeeperProblem = 999;

    public static FleetException Of(ClickHouseServerException exception, FleetAddress address) => CodeOf(exception) switch
    {
        <= 0 => new(
            FleetProblem.Unreachable,
            $"{address.Host}, port {address.Port}, does not answer as ClickHouse does. Name the port of its HTTP interface.",
            exception),
        _ when exception.Message.Contains("is for clickhouse-client program", StringComparison.Ordinal) => new(
            FleetProblem.Unreachable,
            $"Port {address.Port} of {address.Host} is that of ClickHouse's native protocol. Name the port of its HTTP interface, such as 8123.",
            exception),
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
            $"The user lacks {PermissionIn(exception.Message)}. Grant the permissions that docs/fleet.md lists.",
            exception),
        AllConnectionTriesFailed when exception.Message.Contains("There is no table", StringComparison.Ordinal) => new(
            FleetProblem.NotInitialized,
            $"A server of the cluster lacks a table of {address}. Create it: containers-telemetry fleet init {address} --apply",
            exception),
        UnknownCluster or UnknownClusterBefore => new(
            FleetProblem.Refused,
            $"{address.Host} has no cluster of that name. List those that it has: SELECT DISTINCT cluster FROM system.clusters",
            exception),
        NoMacroOrKeeper or NoKeeper => new(
            FleetProblem.Refused,
            "Tables of a cluster need ClickHouse Keeper, and the macros shard and replica, in the configuration of each server. Add them, and try again.",
            exception),
        ReadOnlyTable or KeeperProblem => new(
            FleetProblem.Refused,
            $"A server of {address} has no connection to ClickHouse Keeper, so its tables cannot be written. Check Keeper, and try again.",
            exception),
        ReadOnlyUser => new(
            FleetProblem.Credentials,
            "The user is read-only. For reports, set its setting readonly to 2: 1 does not let the tool ask for all shards. For all else, set it to 0.",
            exception),
        MemoryExceeded or RowsExceeded or TooSlow or QuotaExceeded => new(
            FleetProblem.Refused,
            $"A limit of {address.Host} on {LimitOf(CodeOf(exception))} ended the statement. Choose a shorter period, or raise the limit of the user.",
            exception),
        ReplicaExists => new(
            FleetProblem.Refused,
            $"ClickHouse Keeper still knows dropped tables of {address.Database}. Drop tables with SYNC, or try again after ten minutes.",
            exception),
        TimeExceeded => new(
            FleetProblem.Refused,
            $"A statement took longer than a setting of {address.Host} allows. On a cluster, start all servers. Then try again.",
            exception),
        AllConnectionTriesFailed or NetworkError or SocketTimeout or ConnectionLost => new(
            FleetProblem.MissingShard,
            $"A shard of {address} does not answer, so that the numbers would be wrong. Start it, and try again.",
            exception),
        _ => new(
            FleetProblem.Refused,
            string.Create(
                CultureInfo.InvariantCulture,
                $"ClickHouse refused a statement with code {CodeOf(exception)}. " +
                $"Check the server and its version: containers-telemetry fleet check {address}"),
            exception),
    };

    // The client does not read the code of an error that comes after the first rows.
    private static int CodeOf(ClickHouseServerException exception) =>
        exception.ErrorCode is not 0 and var code ? code
        : int.TryParse(CodeText().Match(exception.Message).Groups[1].ValueSpan, CultureInfo.InvariantCulture, out int written) ? written : 0;

    private static string LimitOf(int code) => code switch
    {
        MemoryExceeded => "memory",
        RowsExceeded => "rows to read",
        TooSlow => "its speed",
        _ => "the quota",
    };

    // The name of a permission and of tables, without columns.
    private static string PermissionIn(string message) =>
        Permission().Match(message) is { Success: true } found ? $"the permission {found.Groups[1]} on {found.Groups[2]}" : "a permission";

    [GeneratedRegex(@"Code: (\d+)")]
    private static partial Regex CodeText();

    [GeneratedRegex(@"have (?:the )?grant ([A-Z ]+)(?:\([^)]*\)| for at least one column)? (?i:on) ([\w.*`]*[\w*])")]
    private static partial Regex Permission();
}
