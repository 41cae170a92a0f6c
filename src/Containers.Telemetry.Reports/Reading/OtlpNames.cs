using Containers.Telemetry.Events;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>Names and times, for both parsers of lines.</summary>
internal static class OtlpNames
{
    // Filled once and then only read, so all threads share it.
    private static readonly Utf8ValueCache<EventKind> Kinds = IndexKinds();

    public static EventKind KindOf(ReadOnlySpan<byte> eventName) => Kinds.TryFind(eventName, out _, out EventKind kind) ? kind : EventKind.Foreign;

    // Schema 1 has the SDK's names.
    private static Utf8ValueCache<EventKind> IndexKinds()
    {
        var kinds = new Utf8ValueCache<EventKind>(capacity: 16);
        foreach (string name in EventNames.All)
        {
            EventKind kind = name switch
            {
                EventNames.Inference => EventKind.Inference,
                EventNames.Success => EventKind.Success,
                EventNames.Error => EventKind.Error,
                _ => EventKind.Usage,
            };
            foreach (string written in (string[])[name, EventNames.ToOpenTelemetry(name)])
            {
                byte[] bytes = Encoding.UTF8.GetBytes(written);
                kinds.Add(bytes, Utf8Hash.Of(bytes), kind);
            }
        }

        return kinds;
    }

    /// <summary>Turns nanoseconds since 1970 into <see cref="DateTime.Ticks"/>; the last possible moment for later ones.</summary>
    public static long TicksOf(ulong unixNanoseconds) =>
        Math.Min(DateTime.UnixEpoch.Ticks + (long)(unixNanoseconds / TimeSpan.NanosecondsPerTick), DateTime.MaxValue.Ticks);
}
