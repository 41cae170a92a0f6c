namespace Containers.Telemetry.Otlp;

/// <summary>What a line is for. The store has each value once; what is sent repeats some of them where tools look for them.</summary>
internal enum OtlpLineUse
{
    /// <summary>A log record for the store.</summary>
    StoredLog,

    /// <summary>A log record to be sent.</summary>
    SentLog,

    /// <summary>A span, which is sent only.</summary>
    SentSpan,
}
