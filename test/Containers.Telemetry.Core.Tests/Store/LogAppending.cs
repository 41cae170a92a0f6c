using System.Text;
using Containers.Telemetry.Store;

namespace Containers.Telemetry.Core.Tests.Store;

internal static class LogAppending
{
    /// <summary>Appends each text as a line.</summary>
    public static void AppendLines(this SegmentedLog log, params ReadOnlySpan<string> lines)
    {
        foreach (string line in lines)
        {
            log.Append(Encoding.UTF8.GetBytes(line + "\n"));
        }
    }

    /// <summary>Appends lines of the given length in bytes, numbered from 0.</summary>
    public static void AppendNumbered(this SegmentedLog log, int count, int bytes)
    {
        for (int number = 0; number < count; number++)
        {
            log.Append(NumberedLine.Create(0, number, bytes));
        }
    }
}
