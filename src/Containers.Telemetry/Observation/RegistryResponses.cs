using System.Diagnostics;
using System.Net;
using Containers.Telemetry.Failures;

namespace Containers.Telemetry.Observation;

/// <summary>
/// Remembers what registries answered to the requests of one task. The SDK says nowhere with which status a token was refused, and up to
/// 8.0.4xx it does not for a manifest or a blob either; nor does it say how many blobs it had to upload, or how long a pull and a push took.
/// </summary>
/// <remarks>
/// Only the events before a request and after a response are subscribed to. They start no activity, so requests stay as they are: one more
/// header would change the publish.
/// </remarks>
internal sealed class RegistryResponses : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const int Kept = 16;
    private const string ListenerName = "HttpHandlerDiagnosticListener";
    private const string RequestEvent = "System.Net.Http.Request";
    private const string ResponseEvent = "System.Net.Http.Response";

    private static readonly AsyncLocal<RegistryResponses?> Current = new();

    private readonly RegistryResponses? _outer;
    private readonly IDisposable _listeners;
    private readonly Queue<RefusedRequest> _oldestRefusalFirst = new(Kept);
    private IDisposable? _responses;
    private int _uploadedBlobCount;
    private long _pulled;
    private long _pushBegan;
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

    /// <summary>When the first blob came, the configuration of the base image, as a timestamp of <see cref="Stopwatch"/>; null while none has.</summary>
    public long? Pulled => NullIfNever(ref _pulled);

    /// <summary>When the first request of a push was made, as a timestamp of <see cref="Stopwatch"/>; null while none was.</summary>
    public long? PushBegan => NullIfNever(ref _pushBegan);

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
            _responses = value.Subscribe(this, static name => name is RequestEvent or ResponseEvent);
        }
    }

    // Runs within the request: an exception here would fail it.
    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (Current.Value != this)
        {
            return;
        }

        try
        {
            FaultInjection.Point("request");
            if (value.Key == RequestEvent)
            {
                NoteRequest(value.Value);
            }
            else if (Property(value.Value, "Response") is HttpResponseMessage { RequestMessage: { } request } response)
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

    // The runtime documents the properties, and keeps the types to itself.
    private static object? Property(object? payload, string name) => payload?.GetType().GetProperty(name)?.GetValue(payload);

    private static long? NullIfNever(ref long timestamp) => Volatile.Read(ref timestamp) is not 0 and var known ? known : null;

    private void NoteRequest(object? payload)
    {
        // All but the first are passed over before anything is read.
        if (_pushBegan == 0 && Property(payload, "Request") is HttpRequestMessage request && IsPush(request))
        {
            Interlocked.CompareExchange(ref _pushBegan, Stopwatch.GetTimestamp(), 0);
        }
    }

    private static bool IsPush(HttpRequestMessage request) => request.Method != HttpMethod.Get && ProtocolSteps.Of(request) is not (ProtocolStep.None or ProtocolStep.Token);

    private void Note(HttpRequestMessage request, HttpStatusCode status)
    {
        ProtocolStep step = ProtocolSteps.Of(request);
        if (status >= HttpStatusCode.BadRequest)
        {
            AddRefusal(new RefusedRequest(step, (int)status));
        }
        else if (status is HttpStatusCode.Created && step is ProtocolStep.Finish)
        {
            Interlocked.Increment(ref _uploadedBlobCount);
        }
        else if (status is HttpStatusCode.OK && step is ProtocolStep.Blob)
        {
            Interlocked.CompareExchange(ref _pulled, Stopwatch.GetTimestamp(), 0);
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
