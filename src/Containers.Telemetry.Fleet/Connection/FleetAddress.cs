using System.Net;

namespace Containers.Telemetry.Fleet.Connection;

/// <summary>The address of a ClickHouse database: <c>clickhouse[s]://HOST[:PORT]/DATABASE</c>.</summary>
/// <param name="Host">The name or the address of a server.</param>
/// <param name="Port">The port of its HTTP interface.</param>
/// <param name="Database">The database: letters, digits and underscores, not beginning with a digit.</param>
/// <param name="IsEncrypted">Whether the connection uses TLS.</param>
public sealed record FleetAddress(string Host, int Port, string Database, bool IsEncrypted)
{
    /// <summary>The scheme of an address without TLS.</summary>
    public const string Scheme = "clickhouse";

    /// <summary>The scheme of an address with TLS.</summary>
    public const string EncryptedScheme = "clickhouses";

    /// <summary>The form of an address, for messages.</summary>
    public const string Form = "clickhouse[s]://HOST[:PORT]/DATABASE";

    private const int DefaultPort = 8123;
    private const int DefaultEncryptedPort = 8443;

    /// <summary>Whether a text has one of the two schemes, and so is not the path of a file or of a folder.</summary>
    public static bool IsAddress(string text) =>
        text.StartsWith(Scheme + "://", StringComparison.OrdinalIgnoreCase) || text.StartsWith(EncryptedScheme + "://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the server is on this machine, so that compression would take longer than sending.</summary>
    public bool IsLoopback => Host == "localhost" || (IPAddress.TryParse(Host, out IPAddress? address) && IPAddress.IsLoopback(address));

    /// <exception cref="FleetException">It is invalid. The message does not repeat it, since it may contain a password.</exception>
    public static FleetAddress Parse(string text)
    {
        if (!IsAddress(text) || !Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0)
        {
            throw Problem($"The address is not of the form {Form}.");
        }

        if (uri.UserInfo.Length > 0)
        {
            throw Problem(
                "The address holds credentials. Leave them out, " +
                $"and set {FleetCredentials.UserVariable} and {FleetCredentials.PasswordVariable}, or {FleetCredentials.PasswordFileVariable}.");
        }

        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw Problem($"The address has a query or a fragment. Its form is {Form}.");
        }

        string database = uri.AbsolutePath.Trim('/');
        if (!SqlText.IsName(database))
        {
            throw Problem(
                "The address needs the name of a database after the host: letters, digits and underscores, not beginning with a digit. " +
                $"Its form is {Form}.");
        }

        bool isEncrypted = uri.Scheme.Equals(EncryptedScheme, StringComparison.OrdinalIgnoreCase);
        int port = uri.Port > 0 ? uri.Port : isEncrypted ? DefaultEncryptedPort : DefaultPort;
        return new FleetAddress(uri.Host, port, database, isEncrypted);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(IsEncrypted ? EncryptedScheme : Scheme)}://{Host}:{Port}/{Database}");

    private static FleetException Problem(string message) => new(FleetProblem.Address, message);
}
