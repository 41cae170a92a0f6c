using System.Diagnostics;
using System.Net;
using Containers.Telemetry.Failures;

namespace Containers.Telemetry.Observation;

/// <summary>
/// Remembers what registries answered to the requests of one task. The SDK says nowhere with which status a token was refused, and up to
/// 8.0.4xx it does not for a manifest or a blob either; nor does it say how many blobs it had to upload.
/// </summary>
/// <remarks>
/// Only the event that follows a response is subscribed to. That starts no activity, so requests stay as they are: one more header would
/// change the publish.
/// </remarks>
internal sealed class RegistryResponses : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const int Kept = 16;
    private const string ListenerName = "HttpHandlerDiagnosticListener";
    private const string ResponseEvent = "System.Net.Http.Response";

    private static readonly AsyncLocal<RegistryResponses?> Current = new();

    private readonly RegistryResponses? _outer;
    private readonly IDisposable _listeners;
    private readonly Queue<RefusedRequest> _oldestRefusalFirst = new(Kept);
    private IDisposable? _responses;
    private int _uploadedBlobCount;
    private volatile bool _hasResponse;
    private volatile bool _hasFailed;

    public RegistryResponses()
    {
        _outer = Current.Value;
        Current.Value = this;
        _listeners = DiagnosticListener.AllListeners.Subscribe(this);
    }

    /// <summary>Number of blobs that were uploaded to the end; null where not every response could be seen, as with the runtime's diagnostics switched off.</summary>
    public int? UploadedBlobCount => _hasResponse && !_hasFailed ? Volatile.Read(ref _uploadedBlobCount) : null;

    /// <summary>The last requests that were refused, newest first.</summary>
    public IReadOnlyList<RefusedRequest> NewestRefusals()
    {
        lock (_oldestRefusalFirst)
        {
            return [.. _oldestRefusalFirst.Reverse()];
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

            // The runtime documents the property, and keeps the type to itself.
            if (value.Value?.GetType().GetProperty("Response")?.GetValue(value.Value) is HttpResponseMessage { RequestMessage: { } request } response)
            {
                Note(request, response.StatusCode);
                _hasResponse = true;
            }
        }
        catch (Exception)
        {
            // What cannot be observed is lost; the request must not notice.
            _hasFailed = true;
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

    private void Note(HttpRequestMessage request, HttpStatusCode status)
    {
        if (status >= HttpStatusCode.BadRequest)
        {
            AddRefusal(new RefusedRequest(ProtocolSteps.Of(request), (int)status));
        }
        else if (status is HttpStatusCode.Created && ProtocolSteps.Of(request) is ProtocolStep.Finish)
        {
            Interlocked.Increment(ref _uploadedBlobCount);
        }
    }

    private void AddRefusal(RefusedRequest request)
    {
        lock (_oldestRefusalFirst)
        {
            if (_oldestRefusalFirst.Count == Kept)
            {
                _oldestRefusalFirst.Dequeue();
            }

            _oldestRefusalFirst.Enqueue(request);
        }
    }
}
