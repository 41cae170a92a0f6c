using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Outboxes;

/// <summary>
/// The file with the destination of an outbox: the signal, the URL, the protocol, and whether a request needs more than that. With it, events can be
/// sent later, outside of any build. It has no secret.
/// </summary>
internal static class EndpointFile
{
    private const string FileName = "endpoint";
    private const string NeedsSettings = "needs-settings";
    private const string ProtocolPrefix = "protocol ";

    // Longer than any URL that a server accepts.
    private const int MaxBytes = 64 * 1024;

    /// <summary>Writes the file, unless it has the same content already.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write it.</exception>
    public static void Write(string folder, OtlpDestination destination)
    {
        string path = Path.Combine(folder, FileName);
        string needs = destination.NeedsSettings ? NeedsSettings + "\n" : "";
        string protocol = ProtocolPrefix + OtlpProtocolName.Of(destination.Protocol);
        string text = $"{OtlpDestination.NameOf(destination.Signal)}\n{destination.KeptUrl}\n{needs}{protocol}\n";

        try
        {
            if (PlainFile.ReadStart(path, MaxBytes) == text)
            {
                return;
            }

            using FileStream file = OwnerOnlyFile.Open(path, FileMode.Create, FileShare.Read);
            file.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (IOException e) when (FileErrors.IsSharingViolation(e))
        {
            // Another process has the file open. That must not lose the events of this publish; the next one writes the file.
        }
    }

    /// <summary>Reads the destination of the events in a folder; null when the file is missing, damaged, or being written.</summary>
    /// <returns>A destination that is held when a request needs more than the URL.</returns>
    public static OtlpDestination? TryRead(string folder)
    {
        string path = Path.Combine(folder, FileName);
        string[] lines = ReadLines(path);

        if (lines.Length < 2 || ParseSignal(lines[0]) is not { } signal || !Uri.TryCreate(lines[1], UriKind.Absolute, out Uri? address))
        {
            return null;
        }

        string name = Path.GetFileName(folder);
        bool needsSettings = Array.IndexOf(lines, NeedsSettings) >= 0;
        OtlpDestination destination = new(signal, address, name) { Protocol = ReadProtocol(lines), IsHeld = needsSettings };

        // The folder's name is a hash of the URL, so a change of this file alone cannot redirect the events.
        return needsSettings || name == OtlpDestination.FolderFor(signal, address) ? destination : null;
    }

    private static string[] ReadLines(string path)
    {
        try
        {
            return PlainFile.ReadStart(path, MaxBytes)?.Split('\n') ?? [];
        }
        catch (IOException e) when (FileErrors.IsSharingViolation(e))
        {
            // A publish is writing it.
            return [];
        }
    }

    private static OtlpProtocol ReadProtocol(string[] lines)
    {
        foreach (string line in lines)
        {
            if (line.StartsWith(ProtocolPrefix, StringComparison.Ordinal) && OtlpProtocolName.TryParse(line[ProtocolPrefix.Length..]) is { } protocol)
            {
                return protocol;
            }
        }

        return OtlpProtocol.HttpProtobuf;
    }

    private static OtlpSignal? ParseSignal(string name) => name switch
    {
        "logs" => OtlpSignal.Logs,
        "traces" => OtlpSignal.Traces,
        "metrics" => OtlpSignal.Metrics,
        _ => null,
    };
}
