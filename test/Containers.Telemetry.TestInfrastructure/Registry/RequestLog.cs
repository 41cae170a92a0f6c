using Microsoft.AspNetCore.Http;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>The requests that reached the registry, in order of arrival.</summary>
internal sealed class RequestLog
{
    private readonly Lock _lock = new();
    private readonly List<RecordedRequest> _requests = [];

    public IReadOnlyList<RecordedRequest> Snapshot()
    {
        lock (_lock)
        {
            return [.. _requests];
        }
    }

    public void Add(HttpContext context)
    {
        HttpRequest request = context.Request;
        int index;

        lock (_lock)
        {
            index = _requests.Count;
            _requests.Add(new(request.Host.Value ?? "", request.Method, request.Path.Value ?? "", request.QueryString.Value ?? "", null));
        }

        // Written before the client receives the answer, so that a test with the answer finds the request.
        context.Response.OnStarting(() =>
        {
            lock (_lock)
            {
                _requests[index] = _requests[index] with { Status = context.Response.StatusCode };
            }

            return Task.CompletedTask;
        });
    }
}
