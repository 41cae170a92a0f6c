using System.Diagnostics;
using Containers.Telemetry.Failures;

namespace Containers.Telemetry.Observation;

/// <summary>
/// Remembers the last requests of one task that a registry refused. The SDK says nowhere with which status a token was refused, and up to
/// 8.0.4xx it does not for a manifest or a blob either; in the runtime's diagnostics it can be seen.
/// </summary>
/// <remarks>
/// Only the event that follows a response is subscribed to. That starts no activity, so requests stay as they are: one more header would
/// change the publish.
/// </remarks>
internal sealed class RefusedRequests : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const int Kept = 16;
    private const int FirstRefusal = 400;
    private const string ListenerName = "HttpHandlerDiagnosticListener";
    private const string ResponseEvent = "System.Net.Http.Response";

    private static readonly AsyncLocal<RefusedRequests?> Current = new();

    private readonly RefusedRequests? _outer;
    private readonly IDisposable _listeners;
    private readonly Queue<RefusedRequest> _oldestFirst = new(Kept);
    private IDisposable? _responses;

    public RefusedRequests()
    {
        _outer = Current.Value;
        Current.Value = this;
        _listeners = DiagnosticListener.AllListeners.Subscribe(this);
    }

    /// <summary>The requests so far, newest first.</summary>
    public IReadOnlyList<RefusedRequest> Newest()
    {
        lock (_oldestFirst)
        {
            return [.. _oldestFirst.Reverse()];
        }
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == ListenerName)
        {
            _responses = value.Subscribe(this, static name => name == ResponseEvent);
        }
    }

    // Runs within the request: what is thrown here would fail it.
    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (Current.Value != this)
        {
            return;
        }

        try
        {
            FaultInjection.Point("request");
            Note(value.Value);
        }
        catch (Exception)
        {
            // What cannot be observed is lost; the request must not notice.
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        _listeners.Dispose();
        _responses?.Dispose();
        Current.Value = _outer;
    }

    // The runtime documents the property, and keeps the type to itself.
    private void Note(object? payload)
    {
        if (payload?.GetType().GetProperty("Response")?.GetValue(payload) is HttpResponseMessage { StatusCode: >= (System.Net.HttpStatusCode)FirstRefusal, RequestMessage: { } request } response)
        {
            Add(new RefusedRequest(ProtocolSteps.Of(request), (int)response.StatusCode));
        }
    }

    private void Add(RefusedRequest request)
    {
        lock (_oldestFirst)
        {
            if (_oldestFirst.Count == Kept)
            {
                _oldestFirst.Dequeue();
            }

            _oldestFirst.Enqueue(request);
        }
    }
}
