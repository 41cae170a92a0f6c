using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>
/// A server on the loopback interface that treats its clients as no OTLP endpoint should. It answers all requests in the same bad way, until <see
/// cref="IsMended"/>.
/// </summary>
public sealed class HostileEndpoint : IAsyncDisposable
{
    private const int ChunkLength = 64 * 1024;
    private const long Gigabyte = 1L << 30;

    private static readonly byte[] Chunk = new byte[ChunkLength];
    private static readonly Lazy<byte[]> Bomb = new(MakeBomb);

    private static readonly Dictionary<string, Func<Conversation, Task>> Behaviors = new(StringComparer.Ordinal)
    {
        ["accepts and never answers"] = static talk => talk.WaitAsync(),
        ["never ends its head"] = static talk => talk.DripAsync("HTTP/1.1 200 OK\r\nX-Filler: "),
        ["drips its body"] = static talk => talk.DripAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"),
        ["answers with a gigabyte"] = static talk => talk.FloodAsync($"HTTP/1.1 200 OK\r\nContent-Length: {Gigabyte}\r\n\r\n"),
        ["answers with an error of a gigabyte"] = static talk => talk.FloodAsync($"HTTP/1.1 400 Bad Request\r\nContent-Length: {Gigabyte}\r\n\r\n"),
        ["answers without end"] = static talk => talk.FloodAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"),
        ["answers with headers without end"] = static talk => talk.FloodAsync("HTTP/1.1 200 OK\r\nX-Filler: "),
        ["answers with 100 Continue for ever"] = static talk => talk.RepeatAsync("HTTP/1.1 100 Continue\r\n\r\n"),
        ["answers with a gzip bomb"] = static talk => talk.SendAsync(
            $"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Type: application/json\r\nContent-Length: {Bomb.Value.Length}\r\n\r\n", Bomb.Value),
        ["closes the connection"] = static _ => Task.CompletedTask,
        ["resets the connection"] = static talk => talk.ResetAsync(""),
        ["resets the connection within its answer"] = static talk => talk.ResetAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"),
        ["speaks SSH"] = static talk => talk.SendAsync("SSH-2.0-OpenSSH_9.9\r\n"),
        ["speaks HTTP/2 alone"] = static talk => talk.SendAsync("\0\0\0\x04\0\0\0\0\0\0\0\x08\x07\0\0\0\0\0\0\0\0\0\0\0\x01"),
        ["speaks nonsense"] = static talk => talk.SendAsync("\r\n\r\nHTTP/9.9 abc\r\n\r\n"),
        ["redirects to another machine"] = static talk => talk.SendAsync(
            "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://collector.invalid/\r\nContent-Length: 0\r\n\r\n"),
        ["redirects to itself"] = static talk => talk.SendAsync("HTTP/1.1 301 Moved Permanently\r\nLocation: /v1/logs\r\nContent-Length: 0\r\n\r\n"),
        ["asks to be left alone for ever"] = static talk => talk.SendAsync(
            "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 99999999999999999999\r\nContent-Length: 0\r\n\r\n"),
        ["sets cookies and repeats what it was sent"] = static talk => talk.SendAsync(
            $"HTTP/1.1 400 Bad Request\r\nSet-Cookie: {talk.RequestOnOneLine}\r\nConnection: close\r\n\r\n{talk.Request}"),
        ["repeats what it was sent in its status"] = static talk => talk.SendAsync($"HTTP/1.1 401 {talk.RequestOnOneLine}\r\nContent-Length: 0\r\n\r\n"),
    };

    private static readonly int[] Statuses =
        [
            300, 302, 304, 399, 400, 401, 403, 404, 405, 407, 408, 409, 410, 411, 413, 414, 415, 417, 421, 422, 426, 429, 431, 451, 499, 500, 501,
            502, 503, 504, 505, 507, 511, 520, 599,
        ];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<Conversation, Task> _behavior;
    private readonly Task _accepting;
    private long _sent;

    private HostileEndpoint(Func<Conversation, Task> behavior)
    {
        _behavior = behavior;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>The names of the behaviours other than a status. Each completes a sentence that begins with "The endpoint".</summary>
    public static IEnumerable<string> Misbehaviors => Behaviors.Keys;

    /// <summary>The names of all behaviours: <see cref="Misbehaviors"/>, and statuses.</summary>
    public static IEnumerable<string> Names { get; } = [.. Behaviors.Keys, .. Statuses.Select(static status => $"answers {status}")];

    /// <summary>The TCP port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Whether the server now accepts requests, like any endpoint.</summary>
    public bool IsMended { get; set; }

    /// <summary>The number of bytes that the operating system has accepted for clients.</summary>
    public long SentBytes => Interlocked.Read(ref _sent);

    /// <param name="name">One of <see cref="Names"/>.</param>
    public static HostileEndpoint Start(string name) => new(
        Behaviors.TryGetValue(name, out Func<Conversation, Task>? behavior)
            ? behavior
            : talk => talk.SendAsync($"HTTP/1.1 {name.Split(' ')[1]} Status\r\nContent-Length: 0\r\n\r\n"));

    /// <summary>Stops the server and closes all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            _ = ServeAsync(await _listener.AcceptSocketAsync(_stopping.Token));
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var talk = new Conversation(this, socket);
        try
        {
            while (await talk.ReadRequestAsync())
            {
                if (!IsMended)
                {
                    await _behavior(talk);
                    return;
                }

                await talk.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client or the test has closed the connection.
        }
    }

    private static byte[] MakeBomb()
    {
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (long written = 0; written < Gigabyte / 16; written += ChunkLength)
            {
                gzip.Write(Chunk);
            }
        }

        return bomb.ToArray();
    }

    private sealed class Conversation(HostileEndpoint endpoint, Socket socket) : IDisposable
    {
        private readonly byte[] _buffer = new byte[ChunkLength];

        /// <summary>The head of the last request, and the part of its body that arrived with it.</summary>
        public string Request { get; private set; } = "";

        public string RequestOnOneLine => Request.ReplaceLineEndings(" ");

        public void Dispose() => socket.Dispose();

        /// <summary>Reads a request to the end of its body; false if the client has disconnected.</summary>
        public async Task<bool> ReadRequestAsync()
        {
            int length = 0;
            int end = -1;
            while (end < 0 || length < end)
            {
                int read = await socket.ReceiveAsync(_buffer.AsMemory(length), endpoint._stopping.Token);
                if (read == 0)
                {
                    return false;
                }

                length += read;
                end = EndOfRequest(Encoding.Latin1.GetString(_buffer, 0, length));
            }

            Request = Encoding.Latin1.GetString(_buffer, 0, length);
            return true;
        }

        public Task SendAsync(string head) => SendAsync(head, default);

        public async Task SendAsync(string head, ReadOnlyMemory<byte> body)
        {
            await SendBytesAsync(Encoding.Latin1.GetBytes(head));
            await SendBytesAsync(body);
            if (!endpoint.IsMended)
            {
                socket.Shutdown(SocketShutdown.Send);
            }
        }

        public Task WaitAsync() => Task.Delay(Timeout.Infinite, endpoint._stopping.Token);

        public async Task DripAsync(string start)
        {
            await SendBytesAsync(Encoding.Latin1.GetBytes(start));
            while (true)
            {
                await SendBytesAsync("x"u8.ToArray());
                await Task.Delay(20, endpoint._stopping.Token);
            }
        }

        public async Task FloodAsync(string start)
        {
            await SendBytesAsync(Encoding.Latin1.GetBytes(start));
            for (long sent = 0; sent < Gigabyte; sent += ChunkLength)
            {
                await SendBytesAsync(Chunk);
            }
        }

        public async Task RepeatAsync(string text)
        {
            byte[] bytes = Encoding.Latin1.GetBytes(text);
            while (true)
            {
                await SendBytesAsync(bytes);
            }
        }

        public async Task ResetAsync(string start)
        {
            await SendBytesAsync(Encoding.Latin1.GetBytes(start));
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Close();
        }

        private static int EndOfRequest(string received)
        {
            int head = received.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head < 0)
            {
                return -1;
            }

            const string Name = "Content-Length: ";
            int start = received.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
            string length = start < 0 ? "0" : received[(start + Name.Length)..received.IndexOf('\r', start)];
            return head + 4 + int.Parse(length, System.Globalization.CultureInfo.InvariantCulture);
        }

        private async Task SendBytesAsync(ReadOnlyMemory<byte> bytes)
        {
            if (bytes.Length > 0)
            {
                await socket.SendAsync(bytes, SocketFlags.None, endpoint._stopping.Token);
                Interlocked.Add(ref endpoint._sent, bytes.Length);
            }
        }
    }
}
