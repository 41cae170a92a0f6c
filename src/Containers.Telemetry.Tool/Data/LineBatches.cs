namespace Containers.Telemetry.Tool.Data;

/// <summary>Cuts lines into batches that can be appended one after another.</summary>
internal static class LineBatches
{
    /// <summary>Passes on all lines: whole lines, as many at a time as fit.</summary>
    /// <param name="lines">Lines, each with its line feed.</param>
    /// <param name="mostBytes">The most bytes of a batch. A longer line is a separate batch.</param>
    public static void Append(MemoryStream lines, int mostBytes, AppendBatch append)
    {
        ReadOnlySpan<byte> rest = lines.GetBuffer().AsSpan(0, (int)lines.Length);
        while (!rest.IsEmpty)
        {
            int length = rest.Length <= mostBytes ? rest.Length : rest[..mostBytes].LastIndexOf((byte)'\n') + 1;
            length = length > 0 ? length : rest.IndexOf((byte)'\n') + 1;
            append(rest[..length]);
            rest = rest[length..];
        }
    }
}

internal delegate void AppendBatch(ReadOnlySpan<byte> lines);
