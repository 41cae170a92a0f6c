namespace Containers.Telemetry.Otlp;

/// <summary>The place of a publish in a trace (W3C Trace Context): a trace of its own, or that of the pipeline that started it.</summary>
public sealed class TraceContext
{
    private const int VersionLength = 2;
    private const int TraceIdStart = 3;
    private const int TraceIdLength = 32;
    private const int SpanIdStart = 36;
    private const int SpanIdLength = 16;
    private const int FlagsStart = 53;
    private const int Length = 55;

    // The flags that Trace Context defines: sampled, and random trace id.
    private const int KnownFlags = 0b11;
    private const int SampledFlag = 0b01;

    private TraceContext(string traceId, string spanId, string? parentSpanId, string? traceState, byte flags)
    {
        TraceId = traceId;
        SpanId = spanId;
        ParentSpanId = parentSpanId;
        TraceState = traceState;
        Flags = flags;
    }

    /// <summary>The trace: 32 lower-case hexadecimal digits.</summary>
    public string TraceId { get; }

    /// <summary>The span of the publish: 16 lower-case hexadecimal digits.</summary>
    public string SpanId { get; }

    /// <summary>The span that started the publish; null when the publish has a trace of its own.</summary>
    public string? ParentSpanId { get; }

    /// <summary>What tracing systems hand along, as it came; null when there is nothing.</summary>
    public string? TraceState { get; }

    /// <summary>The trace flags of W3C Trace Context.</summary>
    public byte Flags { get; }

    /// <summary>Whether whoever started the trace records it. A trace of its own is always recorded.</summary>
    public bool IsSampled => (Flags & SampledFlag) != 0;

    /// <summary>Places a publish in the trace that the environment names.</summary>
    /// <param name="publishId">The publish's identifier, not all zeros. Its last eight bytes are the span; the trace where there is no other is all of it, the last half first.</param>
    /// <param name="traceparent">The value of <c>TRACEPARENT</c>. One that is not valid is ignored.</param>
    /// <param name="tracestate">The value of <c>TRACESTATE</c>. Kept only beside a valid <paramref name="traceparent"/>, and if it is valid itself.</param>
    public static TraceContext Create(Guid publishId, string? traceparent, string? tracestate)
    {
        string id = publishId.ToString("N");
        string spanId = id[^SpanIdLength..];

        // The first half tells when the publish began and is alike for all of an hour, and tools show the beginning of a trace alone.
        string own = spanId + id[..SpanIdLength];

        // The usual case of a publish, told apart so that nothing more is compiled for it.
        return traceparent is null || !IsValid(traceparent) ? new TraceContext(own, spanId, null, null, SampledFlag) : Join(spanId, traceparent, tracestate);
    }

    private static TraceContext Join(string spanId, string traceparent, string? tracestate) => new(
        traceparent.Substring(TraceIdStart, TraceIdLength),
        spanId,
        traceparent.Substring(SpanIdStart, SpanIdLength),
        tracestate is not null && Otlp.TraceState.IsValid(tracestate) ? tracestate : null,
        (byte)(Digit(traceparent[FlagsStart + 1]) & KnownFlags));

    private static bool IsValid(string traceparent)
    {
        if (traceparent.Length < Length)
        {
            return false;
        }

        ReadOnlySpan<char> text = traceparent;
        ReadOnlySpan<char> version = text[..VersionLength];

        // A version to come may say more, after another hyphen; version ff is reserved.
        bool hasLegalEnd = text.Length == Length || (text[Length] == '-' && version is not "00");
        return hasLegalEnd
            && IsHex(version) && version is not "ff"
            && text[TraceIdStart - 1] == '-' && IsId(text.Slice(TraceIdStart, TraceIdLength))
            && text[SpanIdStart - 1] == '-' && IsId(text.Slice(SpanIdStart, SpanIdLength))
            && text[FlagsStart - 1] == '-' && IsHex(text[FlagsStart..Length]);
    }

    private static bool IsId(ReadOnlySpan<char> text) => IsHex(text) && text.ContainsAnyExcept('0');

    private static bool IsHex(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiHexDigitLower(c))
            {
                return false;
            }
        }

        return true;
    }

    private static int Digit(char c) => char.IsAsciiDigit(c) ? c - '0' : c - 'a' + 10;
}
