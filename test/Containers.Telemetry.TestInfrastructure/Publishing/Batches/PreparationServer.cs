using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Containers.Telemetry.TestInfrastructure.Publishing.Batches;

/// <summary>
/// A server on the loopback interface. A batch sends it a request before each publish, and the answer comes when the publish is prepared.
/// </summary>
internal sealed class PreparationServer : IAsyncDisposable
{
    private readonly WebApplication _server;

    private PreparationServer(IReadOnlyList<BatchedPublish> publishes)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.Run(context => publishes[NumberIn(context.Request)].PrepareAsync());
    }

    /// <summary>A base address. The number of a publish completes it.</summary>
    public Uri Address => new(_server.Urls.Single() + "/");

    public static async Task<PreparationServer> StartAsync(IReadOnlyList<BatchedPublish> publishes, CancellationToken cancellationToken)
    {
        PreparationServer server = new(publishes);
        await server._server.StartAsync(cancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static int NumberIn(HttpRequest request) => int.Parse(request.Path.Value.AsSpan(1), CultureInfo.InvariantCulture);
}
