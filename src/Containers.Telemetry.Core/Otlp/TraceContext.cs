using System.Diagnostics;
using Containers.Telemetry.Characters;

namespace Containers.Telemetry.Otlp;

/// <summary>The place of a publish in a trace (W3C Trace Context): in its own trace, or in the trace of the pipeline that started it.</summary>
public sealed class TraceContext
{
    private const int SpanIdLength = 16;
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

    /// <summary>The span that started the publish; null when the publish has its own trace.</summary>
    public string? ParentSpanId { get; }

    /// <summary>The <c>tracestate</c> of the parent, unchanged; null when there is none.</summary>
    public string? TraceState { get; }

    /// <summary>The trace flags of W3C Trace Context.</summary>
    public byte Flags { get; }

    /// <summary>Whether the caller records the trace. The publish's own trace is always recorded.</summary>
    public bool IsSampled => (Flags & SampledFlag) != 0;

    /// <summary>Puts a publish into the trace of the environment.</summary>
    /// <param name="publishId">Not all zeros. Its last eight bytes are the span; without another trace, all of it is the trace, the last half first.</param>
    /// <param name="traceparent">The value of <c>TRACEPARENT</c>. An invalid one is ignored.</param>
    /// <param name="tracestate">The value of <c>TRACESTATE</c>. Used only if it is valid and <paramref name="traceparent"/> is, too.</param>
    public static TraceContext Create(Guid publishId, string? traceparent, string? tracestate)
    {
        string id = publishId.ToString("N");
        string spanId = id[^SpanIdLength..];

        // The first half of the id is a time stamp, the same for a whole hour, and tools show only the beginning of a trace id.
        string own = spanId + id[..SpanIdLength];

        return (traceparent is null ? null : Join(spanId, traceparent, tracestate)) ?? new TraceContext(own, spanId, null, null, SampledFlag);
    }

    // A separate method, so that a publish without a parent does not compile it.
    private static TraceContext? Join(string spanId, string traceparent, string? tracestate)
    {
        // A later version may have more fields, after another hyphen.
        bool isLater = traceparent.Length > Length && traceparent[Length] == '-' && !traceparent.StartsWith("00", StringComparison.Ordinal);
        string known = isLater ? traceparent[..Length] : traceparent;

        // The framework does not check the hyphens.
        return ActivityContext.TryParse(known, traceState: null, out ActivityContext parent) && known is [_, _, '-', ..] && known[35] == '-' && known[52] == '-'
            ? new TraceContext(
                parent.TraceId.ToHexString(),
                spanId,
                parent.SpanId.ToHexString(),
                tracestate is not null && Otlp.TraceState.IsValid(tracestate) ? tracestate : null,
                (byte)((int)parent.TraceFlags & KnownFlags))
            : null;
    }
}

/// <summary>The grammar of W3C Trace Context's <c>tracestate</c>.</summary>
internal static class TraceState
{
    // The length that every system must propagate. A longer one may be dropped.
    private const int MaxLength = 512;
    private const int MaxMembers = 32;
    private const int MaxKeyLength = 256;
    private const int MaxTenantLength = 241;
    private const int MaxSystemLength = 14;
    private const int MaxValueLength = 256;

    /// <summary>Whether it is a list with at least one member, each a legal key and value, no key twice.</summary>
    public static bool IsValid(string tracestate)
    {
        if (tracestate.Length > MaxLength)
        {
            return false;
        }

        List<string> keys = [];
        foreach (string part in tracestate.Split(','))
        {
            ReadOnlySpan<char> member = part.AsSpan().Trim(" \t");
            if (member.IsEmpty)
            {
                continue;
            }

            int equals = member.IndexOf('=');
            if (equals < 0 || keys.Count == MaxMembers || !IsKey(member[..equals]) || !IsValue(member[(equals + 1)..]))
            {
                return false;
            }

            string key = member[..equals].ToString();
            if (keys.Contains(key))
            {
                return false;
            }

            keys.Add(key);
        }

        return keys.Count > 0;
    }

    private static bool IsKey(ReadOnlySpan<char> key)
    {
        int at = key.IndexOf('@');
        return at < 0
            ? IsName(key, MaxKeyLength)
            : IsName(key[..at], MaxTenantLength) && IsName(key[(at + 1)..], MaxSystemLength) && char.IsAsciiLetterLower(key[at + 1]);
    }

    private static bool IsName(ReadOnlySpan<char> name, int maxLength) =>
        name.Length > 0 && name.Length <= maxLength
        && name[0] is not ('_' or '-' or '*' or '/')
        && name.ContainsOnly(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-' or '*' or '/');

    // The spaces at its end are removed already, and no member contains a comma.
    private static bool IsValue(ReadOnlySpan<char> value) =>
        value.Length is > 0 and <= MaxValueLength && !value.ContainsAnyExceptInRange(' ', '~') && !value.Contains('=');
}
