namespace Containers.Telemetry.Fleet.Connection;

/// <summary>The credentials for ClickHouse. They come from variables or from a file, never from a command line, which other users can read.</summary>
/// <param name="Password">The password; empty for none.</param>
public sealed record FleetCredentials(string User, string Password)
{
    /// <summary>The variable that names the user; <c>default</c> if it is not set.</summary>
    public const string UserVariable = "CONTAINERS_TELEMETRY_CLICKHOUSE_USER";

    public const string PasswordVariable = "CONTAINERS_TELEMETRY_CLICKHOUSE_PASSWORD";

    /// <summary>The variable that names a file whose first line is the password, such as a mounted secret.</summary>
    public const string PasswordFileVariable = "CONTAINERS_TELEMETRY_CLICKHOUSE_PASSWORD_FILE";

    private const string DefaultUser = "default";
    private const int LongestPassword = 4096;

    /// <param name="variable">Returns the value of an environment variable, or null.</param>
    /// <exception cref="FleetException">The file of the password cannot be read, or two passwords are set.</exception>
    public static FleetCredentials Read(Func<string, string?> variable)
    {
        string? file = NullIfEmpty(variable(PasswordFileVariable));
        string? password = NullIfEmpty(variable(PasswordVariable));
        if (file is not null && password is not null)
        {
            throw Problem($"{PasswordVariable} and {PasswordFileVariable} are both set. Unset one of them.");
        }

        return new FleetCredentials(NullIfEmpty(variable(UserVariable)) ?? DefaultUser, file is null ? password ?? "" : FirstLine(file));
    }

    /// <summary>Returns the user, without the password.</summary>
    public override string ToString() => User;

    private static string FirstLine(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            var buffer = new char[LongestPassword + 1];
            int length = reader.ReadBlock(buffer);
            string text = new(buffer, 0, length);
            string line = text.Split('\r', '\n')[0];
            return line.Length <= LongestPassword
                ? line
                : throw Problem(
                    $"The first line of the file that {PasswordFileVariable} names is not a password: " +
                    $"it is longer than {LongestPassword} characters.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Problem($"The file that {PasswordFileVariable} names cannot be read. Check its path and its permissions.");
        }
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static FleetException Problem(string message) => new(FleetProblem.Credentials, message);
}
