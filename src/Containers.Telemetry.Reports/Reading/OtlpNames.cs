using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>What the two parsers of lines agree on.</summary>
internal static class OtlpNames
{
    /// <summary>Tells what kind of event a record is by its event name.</summary>
    public static EventKind KindOf(ReadOnlySpan<byte> eventName)
    {
        return eventName.SequenceEqual("sdk/container/inference"u8) ? EventKind.Inference
            : eventName.SequenceEqual("sdk/container/publish/success"u8) ? EventKind.Success
            : eventName.SequenceEqual("sdk/container/publish/error"u8) ? EventKind.Error
            : eventName.SequenceEqual("containers-telemetry/usage"u8) || eventName.SequenceEqual("containers-telemetry/error"u8) ? EventKind.Usage
            : EventKind.Foreign;
    }

    /// <summary>Turns nanoseconds since 1970 into <see cref="DateTime.Ticks"/>; the last moment there is for what lies behind it.</summary>
    public static long TicksOf(ulong unixNanoseconds) =>
        Math.Min(DateTime.UnixEpoch.Ticks + (long)(unixNanoseconds / TimeSpan.NanosecondsPerTick), DateTime.MaxValue.Ticks);
}
