using Containers.Telemetry.Events;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>What the readers of OTLP/JSON lines agree on.</summary>
internal static class OtlpNames
{
    /// <summary>The version of this reader: it understands every line whose minimum reader version is not above it.</summary>
    public const int ReaderVersion = 1;

    /// <summary>The attribute of a scope that says which reader its records need.</summary>
    public const string MinReaderVersion = AttributeNames.Prefix + "min_reader_version";

    /// <summary>Tells what kind of event a record is by its event name.</summary>
    public static EventKind KindOf(ReadOnlySpan<byte> eventName)
    {
        return eventName.SequenceEqual("sdk/container/inference"u8) ? EventKind.Inference
            : eventName.SequenceEqual("sdk/container/publish/success"u8) ? EventKind.Success
            : eventName.SequenceEqual("sdk/container/publish/error"u8) ? EventKind.Error
            : EventKind.Foreign;
    }

    /// <summary>Turns nanoseconds since 1970 into <see cref="DateTime.Ticks"/>; the last moment there is for what lies behind it.</summary>
    public static long TicksOf(ulong unixNanoseconds) =>
        Math.Min(DateTime.UnixEpoch.Ticks + (long)(unixNanoseconds / TimeSpan.NanosecondsPerTick), DateTime.MaxValue.Ticks);
}
