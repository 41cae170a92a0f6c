using System.Globalization;
using System.Text;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>A request for a tunnel.</summary>
/// <param name="Host">The host in lower case, without the port.</param>
/// <param name="Port">The TCP port.</param>
public sealed record ConnectRequest(string Host, int Port)
{
    private const int MaximalLength = 16 * 1024;

    /// <summary>Reads a request up to its empty line, without reading past it.</summary>
    /// <returns>Null for any other method than CONNECT.</returns>
    internal static async Task<ConnectRequest?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[MaximalLength];
        int length = 0;

        // A client sends nothing before it has the answer, so reading ahead takes nothing from the tunnel.
        while (!buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
        {
            int read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);

            if (read == 0)
            {
                return null;
            }

            length += read;
        }

        return Parse(Encoding.ASCII.GetString(buffer, 0, length));
    }

    private static ConnectRequest? Parse(string head) =>
        head.Split(' ', 3) is ["CONNECT", string authority, _]
            && authority.LastIndexOf(':') is var colon and > 0
            && int.TryParse(authority.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            ? new(authority[..colon].ToLowerInvariant(), port)
            : null;
}
