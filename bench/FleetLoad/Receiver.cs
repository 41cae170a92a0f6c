using System.Net;
using System.Threading.Channels;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Ingest;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.TestInfrastructure;

namespace Containers.Telemetry.FleetLoad;

/// <summary>Receives OTLP/JSON over HTTP on loopback, and writes the events to ClickHouse every second, like a Collector.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly HttpListener _listener = new();
    private readonly Channel<byte[]> _requests = Channel.CreateUnbounded<byte[]>();
    private readonly FleetWriter _writer;
    private readonly Task _listening;
    private readonly Task _writing;

    /// <param name="connection">The database.</param>
    public Receiver(FleetConnection connection)
    {
        int port = LoopbackPort.Free();
        Endpoint = FormattableString.Invariant($"http://127.0.0.1:{port}/v1/logs");
        _writer = new FleetWriter(connection, Task.Delay);
        _listener.Prefixes.Add(FormattableString.Invariant($"http://127.0.0.1:{port}/"));
        _listener.Start();
        _listening = Task.Run(ListenAsync);
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>The endpoint for agents.</summary>
    public string Endpoint { get; }

    /// <summary>Writes all received events.</summary>
    public async Task CompleteAsync()
    {
        _listener.Stop();
        await _listening;
        _requests.Writer.TryComplete();
        await _writing;
    }

    public async ValueTask DisposeAsync()
    {
        await CompleteAsync();
        ((IDisposable)_listener).Dispose();
    }

    private async Task ListenAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                _ = Task.Run(() => TakeAsync(context));
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    // After the answer, an agent may forget the events that it sent.
    private async Task TakeAsync(HttpListenerContext context)
    {
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        _requests.Writer.TryWrite(body.ToArray());
        context.Response.ContentType = "application/json";
        context.Response.OutputStream.Write("{}"u8);
        context.Response.Close();
    }

    private async Task WriteAsync()
    {
        while (await _requests.Reader.WaitToReadAsync())
        {
            while (_requests.Reader.TryRead(out byte[]? request))
            {
                foreach (StoredEvent stored in OtlpLogReader.Read(request).Events)
                {
                    await _writer.AddAsync(stored);
                }
            }

            await _writer.CompleteAsync();
            await Task.Delay(Pause);
        }
    }
}
